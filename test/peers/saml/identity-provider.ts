/** What the SAML tests want of an identity provider that is not ours. */
import { webcrypto } from 'node:crypto'
import { makeSelfSigned } from '../../../src/keys/self-signed.ts'
import type { Browser } from '../../../src/planes/openid-provider/testing/browser.ts'

/** Who can sign in there; the password is the login. */
export const PEOPLE = [
  { login: 'ada', mail: 'ada@corp.example', name: 'Ada Lovelace', groups: ['staff', 'engineers'] },
  { login: 'bob', mail: 'bob@corp.example', name: 'Bob', groups: ['staff'] },
  { login: 'carol', mail: 'carol@corp.example', name: 'Carol', groups: ['staff'] },
  { login: 'dave', mail: 'dave@corp.example', name: 'Dave', groups: ['staff'] },
  { login: 'eve', mail: 'eve@corp.example', name: 'Eve', groups: ['staff'] },
] as const

/** What one of our providers agreed on with the other side. */
export interface Agreement {
  readonly nameId: 'persistent' | 'emailAddress' | 'transient'
  readonly signs: readonly ('response' | 'assertion')[]
  readonly encrypts?: boolean
  /** Refuses requests that we did not sign. */
  readonly demandsSignedRequests?: boolean
}

export interface SamlIdentityProvider {
  readonly origin: string
  readonly entityId: string
  readonly metadataUrl: string
  /** How it sends the login, as our settings say it. */
  readonly loginAttribute: Readonly<Record<'principal_type' | 'principal_attribute', string>>
  /** Takes our metadata as we publish them. */
  agree(metadataXml: string, agreement: Agreement): Promise<void>
  /** From the page that a request of ours leads to, through its own pages, to the form that it posts to us. */
  logIn(start: Sent, login: string): Promise<Posted>
  /** The browser that the person is signed in with there. */
  browserOf(login: string): Browser
  /** Where the person ends their session there, and everywhere. */
  logoutUrl(login: string): string
  /** What it posts to a service provider that asked for nothing. */
  unsolicited(entityId: string, login: string): Promise<Posted>
  stop(): Promise<void>
}

/** A message to the identity provider. */
export interface Sent {
  readonly url: string
  /** Null: a redirect. */
  readonly form: Readonly<Record<string, string>> | null
}

/** A message of the identity provider. */
export interface Posted {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2_048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const

/** A key as PEM, and a certificate that it signed itself. */
export async function makeKeyPair(commonName: string): Promise<{ keyPem: string; certificatePem: string }> {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const der = await makeSelfSigned({ commonName, keys, algorithm: RSA, at: new Date(), years: 1 })
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  return { keyPem: pem('PRIVATE KEY', pkcs8), certificatePem: pem('CERTIFICATE', der) }
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" }

/** The first form of the page with its hidden fields. */
export function formOn(page: { readonly url: string; readonly text: string }): Posted {
  const unescaped = (text: string) =>
    text
      .replace(/&#x?([0-9a-f]+);/gi, (whole, code: string) =>
        String.fromCodePoint(Number.parseInt(code, /^&#x/i.test(whole) ? 16 : 10)),
      )
      .replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
  const action = /<form[^>]*\saction="([^"]*)"/i.exec(page.text)?.[1]
  if (action === undefined) throw new Error(`no form at ${page.url}: ${page.text.slice(0, 2_000)}`)
  const fields: Record<string, string> = {}
  for (const [tag] of page.text.matchAll(/<input[^>]*>/gi)) {
    const name = /\sname="([^"]*)"/.exec(tag)?.[1]
    if (name !== undefined && /type="hidden"/i.test(tag))
      fields[name] = unescaped(/\svalue="([^"]*)"/.exec(tag)?.[1] ?? '')
  }
  return { action: new URL(unescaped(action), page.url).href, fields }
}

const ATTEMPTS = 100

/** Until the address answers with a page, ten seconds at most. */
export async function untilAnswered(url: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(url)
      if (answer.ok) return
      throw new Error(`${answer.status} ${await answer.text()}`)
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
