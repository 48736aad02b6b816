import { maskText } from './masking.ts';
import type { Node } from './node.ts';
import { maskValueOf } from './secret-value.ts';

/** A copy of a node to be shown, with what looks like a secret masked in the labels that people gave it and its engine. */
export function maskNode(node: Node): Node {
  const { Spec, Description } = node;
  return {
    ...node,
    Spec: { ...Spec, ...maskLabels(Spec) },
    Description: {
      ...Description,
      ...(Description.Engine ? { Engine: { ...Description.Engine, ...maskLabels(Description.Engine) } } : {}),
    },
  };
}

function maskLabels({ Labels }: { readonly Labels?: Readonly<Record<string, string>> | null | undefined }): {
  Labels?: Record<string, string>;
} {
  if (!Labels) return {};
  return {
    Labels: Object.fromEntries(
      Object.entries(Labels).map(([key, value]) => [key, maskText(maskValueOf(key, value))]),
    ),
  };
}
