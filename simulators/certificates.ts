/** A certificate authority in memory, for servers that play somebody else on this machine's loopback. */
import { webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import { x509 } from './x509.ts'

export interface Certificate {
  readonly certificatePem: string
  readonly keyPem: string
}

export interface CertificateAuthority {
  /** What a client has to trust. */
  readonly caPem: string
  /** Issues a server certificate for DNS names and IP addresses; the first is also its common name. */
  issue(names: readonly [string, ...string[]]): Promise<Certificate>
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** Backdated, so that a client whose clock is a little behind takes it too. */
const BACKDATED_MS = 3_600_000

/** Long enough for a simulator that is left running, short enough to be worthless if a key leaks. */
const LIFETIME_MS = 30 * 24 * 3_600_000

/** Makes an authority with a fresh key; the key never leaves the process. */
export async function createAuthority(
  options: { readonly name?: string; readonly now?: () => Date } = {},
): Promise<CertificateAuthority> {
  const now = (options.now ?? (() => new Date()))().getTime()
  const validity = { notBefore: new Date(now - BACKDATED_MS), notAfter: new Date(now + LIFETIME_MS) }
  const name = `CN=${options.name ?? 'Entente simulator authority'}`
  const keys = await generateKeys()
  const root = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name,
      keys,
      signingAlgorithm: ALGORITHM,
      ...validity,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  )
  return {
    caPem: `${root.toString('pem')}\n`,
    async issue(names) {
      const own = await generateKeys()
      const certificate = await x509.X509CertificateGenerator.create(
        {
          subject: [{ CN: [names[0]] }],
          issuer: name,
          publicKey: own.publicKey,
          signingKey: keys.privateKey,
          signingAlgorithm: ALGORITHM,
          ...validity,
          extensions: [
            new x509.BasicConstraintsExtension(false, undefined, true),
            new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
            new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
            new x509.SubjectAlternativeNameExtension(
              names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
            ),
            await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
          ],
        },
        webcrypto,
      )
      const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey))
      return {
        certificatePem: `${certificate.toString('pem')}\n`,
        keyPem: `${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n`,
      }
    },
  }
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
}
