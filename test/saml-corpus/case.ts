/** What a case of the corpus is: a file, what is expected around it, and what must come of it. */

/** What differs from the usual expectations; see `src/protocols/saml/testing/corpus.ts`. */
export interface Change {
  readonly allowSha1?: true
  readonly wantAssertionsEncrypted?: true
  readonly allowBareAssertion?: true
  readonly inResponseTo?: null
  readonly idpEntityId?: null
  readonly pinnedNameIdFormat?: string
  readonly requiresNameId?: false
  readonly certificates?: readonly CertificateName[]
  readonly decryptionKeys?: readonly []
}

export type CertificateName = 'idp' | 'idpNext' | 'idpEc' | 'outdated' | 'future'

export interface Case {
  readonly name: string
  readonly xml: string | Buffer
  readonly change?: Change
}

export interface BadCase extends Case {
  readonly code: string
}
