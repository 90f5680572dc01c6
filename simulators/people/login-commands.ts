/** What a simulated login is told at the control endpoint. */
import type { Commands } from '../control.ts'
import { parseClient } from './clients.ts'
import { COMPANY, type Person } from './person.ts'
import type { SimulatedLogin } from './simulated-login.ts'

/** Keys are `METHOD /{name}/…`. */
export function commandsOfLogin({ name, cast, clients, ...login }: SimulatedLogin): Commands {
  return {
    [`PUT /${name}/person`]: ({ login: who }) => cast.choose(String(who)),
    [`DELETE /${name}/person`]: () => cast.choose(null),
    [`PUT /${name}/people`]: (body) => cast.put(parsePerson(body, cast.people)),
    [`PUT /${name}/client`]: (body) => clients.put(parseClient(body)),
    [`PUT /${name}/fault`]: ({ fault }) => login.fail(String(fault)),
    [`DELETE /${name}/fault`]: () => login.mend(),
    [`POST /${name}/rotate`]: async ({ keepOld, sameKid }) => ({
      kid: await login.rotate({ keepOld: keepOld !== false, sameKid: sameKid === true }),
    }),
    [`GET /${name}/asked`]: () => login.asked(),
  }
}

/** As the overview of the control endpoint lists it. */
export function loginShown({ name, title, issuer, registration, cast, faults }: SimulatedLogin) {
  return { name, title, issuer, registration, people: cast.people, faults }
}

const MEMBERS = ['login', 'name', 'email', 'isEmailVerified', 'groups', 'company', 'claims']

/** Somebody new, or changes of who has the login already. */
function parsePerson(body: Readonly<Record<string, unknown>>, people: readonly Person[]): Person {
  const unknown = Object.keys(body).find((member) => !MEMBERS.includes(member))
  if (unknown !== undefined) throw new Error(`${unknown}: a person has ${MEMBERS.join(', ')}`)
  const { login, isEmailVerified, groups, claims } = body
  if (typeof login !== 'string' || login === '') throw new Error('login: not a text')
  const before = people.find((person) => person.login === login)
  const text = (member: 'name' | 'email' | 'company', usual: string) => {
    const value = body[member] ?? before?.[member] ?? usual
    if (typeof value !== 'string') throw new Error(`${member}: not a text`)
    return value
  }
  if (groups !== undefined && !Array.isArray(groups)) throw new Error('groups: not a list')
  if (claims !== undefined && (typeof claims !== 'object' || claims === null)) throw new Error('claims: not an object')
  return {
    login,
    name: text('name', login),
    email: text('email', `${login}@${COMPANY.domain}`),
    company: text('company', COMPANY.name),
    isEmailVerified: isEmailVerified === undefined ? (before?.isEmailVerified ?? true) : isEmailVerified === true,
    groups: groups?.map(String) ?? before?.groups ?? [],
    ...(claims === undefined
      ? before?.claims === undefined
        ? {}
        : { claims: before.claims }
      : { claims: { ...claims } }),
  }
}
