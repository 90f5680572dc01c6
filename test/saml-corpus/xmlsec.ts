/** The foreign signer, encrypter and judge: the program xmlsec1. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What xmlsec1 is told of IDs: without a schema it takes none for granted. */
const IDS = [
  'urn:oasis:names:tc:SAML:2.0:protocol:Response',
  'urn:oasis:names:tc:SAML:2.0:assertion:Assertion',
  'urn:oasis:names:tc:SAML:2.0:protocol:LogoutRequest',
  'urn:oasis:names:tc:SAML:2.0:protocol:LogoutResponse',
  'urn:oasis:names:tc:SAML:2.0:protocol:AuthnRequest',
  'urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor',
].flatMap((name) => ['--id-attr:ID', name])

export const SIGNATURE_OF_RESPONSE = '/*/*[local-name()="Signature"]'
export const SIGNATURE_OF_ASSERTION = '//*[local-name()="Assertion"]/*[local-name()="Signature"]'

export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'saml-corpus-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Fills in the signature template at the path. */
export function signWithXmlsec(
  xml: string,
  path: string,
  key: { readonly pem: string } | { readonly hmac: Buffer },
): string {
  return inFolder((folder) => {
    const keyFile = join(folder, 'key')
    writeFileSync(keyFile, 'pem' in key ? key.pem : key.hmac)
    const kind = 'pem' in key ? '--privkey-pem' : '--hmackey'
    return filled(folder, xml, ['--sign', kind, keyFile, ...IDS, '--node-xpath', path])
  })
}

/** Puts the element at the path into the EncryptedData of the template, for the certificate. */
export function encryptWithXmlsec(
  xml: string,
  element: string,
  { template, sessionKey, certificate }: { template: string; sessionKey: string; certificate: string },
): string {
  return inFolder((folder) => {
    const certificateFile = join(folder, 'certificate.pem')
    const templateFile = join(folder, 'template.xml')
    const input = join(folder, 'in.xml')
    writeFileSync(certificateFile, certificate)
    writeFileSync(templateFile, template)
    writeFileSync(input, xml)
    const output = join(folder, 'out.xml')
    const how = ['--pubkey-cert-pem', certificateFile, '--session-key', sessionKey]
    run(['--encrypt', ...how, '--xml-data', input, '--node-xpath', element, '--output', output, templateFile])
    return readFileSync(output, 'utf8')
  })
}

function filled(folder: string, xml: string, args: readonly string[]): string {
  const input = join(folder, 'in.xml')
  const output = join(folder, 'out.xml')
  writeFileSync(input, xml)
  run([...args, '--output', output, input])
  return readFileSync(output, 'utf8')
}

function run(args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('xmlsec1', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`xmlsec1 ${args.join(' ')}: ${error?.message ?? stderr}`)
}

/** What xmlsec1 is told to verify the signature at the path by the certificate (PEM file), whatever the document says of keys. */
export function verifyingArguments(path: string, certificateFile: string): readonly string[] {
  const only = ['--enabled-key-data', 'rsa,ecdsa', '--enabled-reference-uris', 'empty,same-doc']
  return ['--verify', '--pubkey-cert-pem', certificateFile, ...only, ...IDS, '--node-xpath', path]
}

export function isVerifiedByXmlsec(file: string, path: string, certificateFile: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    execFile('xmlsec1', [...verifyingArguments(path, certificateFile), file], (error) => {
      // A code of its own is a verdict; without one it did not run.
      if (error !== null && typeof error.code !== 'number') reject(error)
      else resolve(error === null)
    })
  })
}
