/** What a sign-in domain is: a DNS name whose people an organisation may send to its provider, once it has proved it. */

export interface Domain {
  readonly uid: string
  /** `metadata.name`: unique in the organisation. */
  readonly id: string
  readonly organisation: string
  /** Lower case, international names as xn--; unique in the organisation. */
  readonly domain: string
  /** uid of the provider it routes to; null while none is chosen. */
  readonly provider: string | null
  /** What the TXT record at `_entente.{domain}` has to say; random, of this organisation alone. */
  readonly challenge: string
  /** An operator answers for it: no proof is asked. */
  readonly vouched: boolean
  /** When DNS last proved it; null: never, or no longer. */
  readonly verifiedAt: Date | null
  readonly labels: Readonly<Record<string, string>>
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** True for a domain that may route people. */
export function isProved({ vouched, verifiedAt }: Pick<Domain, 'vouched' | 'verifiedAt'>): boolean {
  return vouched || verifiedAt !== null
}
