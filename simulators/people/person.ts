/** The people of the simulated companies: who can sign in, and what their login says of them. */
import { numberOf, uuidOf } from '../workloads/made-up.ts'

export type Claims = Readonly<Record<string, unknown>>

export interface Person {
  /** What is chosen by, and what stands before the @ of the address. */
  readonly login: string
  readonly name: string
  readonly email: string
  readonly isEmailVerified: boolean
  readonly groups: readonly string[]
  /** The company; at Entra a tenant. */
  readonly company: string
  /** Replace what the login says of the person otherwise; null leaves a claim out. */
  readonly claims?: Claims
}

/** The company that everything is set up for, and one that has no business here. */
export const COMPANY = { name: 'Corp', domain: 'corp.example' } as const
export const OTHER_COMPANY = { name: 'Other', domain: 'other.example' } as const

/** More groups than fit into a token of Entra: its limit is 200. */
const MANY = Array.from({ length: 250 }, (_, index) => `team-${index + 1}`)

export const PEOPLE: readonly Person[] = [
  member('alice', 'Alice Archer', ['staff', 'platform-admins']),
  member('bob', 'Bob Baker', ['staff']),
  member('carol', 'Carol Cole', ['staff', 'finance']),
  member('grace', 'Grace Gray', ['staff', ...MANY]),
  // Wrote another's address into the profile; nobody has proved it.
  { ...member('mallory', 'Mallory Mint', []), email: `alice@${COMPANY.domain}`, isEmailVerified: false },
  { ...member('oscar', 'Oscar Olsen', ['staff']), email: `oscar@${OTHER_COMPANY.domain}`, company: OTHER_COMPANY.name },
]

function member(login: string, name: string, groups: readonly string[]): Person {
  const email = `${login}@${COMPANY.domain}`
  return { login, name, email, isEmailVerified: true, groups, company: COMPANY.name }
}

/** The identifier at a provider that knows people by letters, the same at every start. */
export function subjectOf({ login }: Person): string {
  return `00u${uuidOf(login).replaceAll('-', '').slice(0, 17)}`
}

export function objectIdOf({ login }: Person): string {
  return uuidOf(`object ${login}`)
}

export function tenantIdOf(company: string): string {
  return uuidOf(`tenant ${company}`)
}

export function accountIdOf({ login }: Person): number {
  return Number(numberOf(`account ${login}`))
}

/** Null leaves out what would be there: JSON has no undefined. */
export function withOwnClaims(usual: Claims, { claims = {} }: Person): Claims {
  return { ...usual, ...Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, value ?? undefined])) }
}

export interface Cast {
  readonly people: readonly Person[]
  /** Who signs in from now on, whatever is hinted; null: again the one who is hinted, or the first. Throws for nobody. */
  choose(login: string | null): void
  /** Makes somebody of the name, or changes who has it. */
  put(person: Person): void
  /** Who signs in now. */
  comes(hint: string | null): Person
  /** Anybody but this one. */
  otherThan(person: Person): Person
}

export function createCast(start: readonly Person[]): Cast {
  const byLogin = new Map(start.map((person) => [person.login, person]))
  const first = start[0]
  if (first === undefined) throw new Error('there is nobody to sign in')
  let chosen: string | null = null
  return {
    get people() {
      return [...byLogin.values()]
    },
    choose(login) {
      if (login !== null && !byLogin.has(login))
        throw new Error(`${login}: there are ${[...byLogin.keys()].join(', ')}`)
      chosen = login
    },
    put: (person) => void byLogin.set(person.login, person),
    comes(hint) {
      const hinted = hint === null ? undefined : (byLogin.get(hint) ?? byLogin.get(hint.split('@', 1)[0] ?? ''))
      // An address that the person does not have is no hint of them.
      const isMeant = hinted !== undefined && (hint === hinted.login || hint === hinted.email)
      return (chosen === null ? undefined : byLogin.get(chosen)) ?? (isMeant ? hinted : undefined) ?? first
    },
    otherThan: ({ login }) => [...byLogin.values()].find((one) => one.login !== login) ?? first,
  }
}
