import { defineConfig, type OutputOptions, type Plugin } from 'rolldown';

/** What dockerode brings along for its own ssh and for BuildKit, and Shipmate never calls: 21 MB resident. */
const leftOut = ['ssh2', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs'];

const standIn = '\0not-in-this-build.cjs';

/** One module in place of them all: what is taken from it throws when it is called. */
const notInThisBuild: Plugin = {
  name: 'not-in-this-build',
  resolveId: (id) => (leftOut.includes(id) ? standIn : null),
  load: (id) =>
    id === standIn
      ? `module.exports = new Proxy({}, {
          get: (_, name) => function () { throw new Error(String(name) + ' is not in this build'); },
        });`
      : null,
};

const output: OutputOptions = {
  dir: 'dist',
  format: 'esm',
  // What a module's text takes in memory counts; names are kept, for stack traces and for the log's `type` of errors.
  minify: true,
  keepNames: true,
  sourcemap: true,
  sourcemapExcludeSources: true,
  codeSplitting: false,
};

// Two builds, because each is to be one file.
export default defineConfig([
  { input: { shipmate: 'src/main.ts' }, platform: 'node', plugins: [notInThisBuild], output },
  { input: { 'health-probe': 'src/observability/health-probe.ts' }, platform: 'node', output },
]);
