/** What a Swarm's nodes say of its certificate authority. No key belongs to it: nothing here is encrypted. */
export const clusterCertificate = {
  TrustRoot: '-----BEGIN CERTIFICATE-----\nc2ltdWxhdGVk\n-----END CERTIFICATE-----\n',
  CertIssuerSubject: 'MBMxETAPBgNVBAMTCHN3YXJtLWNh',
  CertIssuerPublicKey: 'c2ltdWxhdGVk',
};
