/**
 * Sessions of one Person, below its path: shown and ended by administrators. They come and go by signing in and out, so there
 * is nothing to write, and `apply` does not know them.
 *
 * Source: CONTRACT.md section 3 is silent; the form is that of every other record of the face.
 */
import { Type } from 'typebox'
import { getPerson } from '../../../registry/persons.ts'
import type { FaceDeps, PersonSession } from '../../face.ts'
import { faceFault } from '../../faults.ts'
import { API_VERSION, type Kind, withoutUnset } from '../kind.ts'
import type { Ask, Operation } from '../operation.ts'
import { pathOf } from '../reading.ts'
import { Removed, toParameter } from '../status.ts'

const PLURAL = 'sessions'

const time = (description: string) => Type.String({ format: 'date-time', description })

const Shown = Type.Object(
  {
    apiVersion: Type.Literal(API_VERSION),
    kind: Type.Literal('PersonSession'),
    metadata: Type.Object({
      name: Type.String({ format: 'uuid', description: 'Also `sid` of access tokens of the session.' }),
      namespace: Type.String({ description: 'The organisation.' }),
      uid: Type.String({ format: 'uuid' }),
      creationTimestamp: time('When they came in.'),
    }),
    spec: Type.Object({
      person: Type.String({ description: 'Name of the Person.' }),
      provider: Type.Optional(Type.String({ description: 'Name of the provider they came through.' })),
    }),
    status: Type.Object({
      authTime: time('When they last proved who they are, upstream.'),
      acr: Type.Optional(Type.String({ description: 'The level that the provider vouched for.' })),
      amr: Type.Array(Type.String(), { description: 'How they proved it.' }),
      lastSeenAt: time('Last use; written once a minute at most.'),
      expiresAt: time('Without further use.'),
      endsAt: time('In any case.'),
    }),
  },
  { title: 'PersonSession' },
)

const ShownList = Type.Object(
  {
    apiVersion: Type.Literal(API_VERSION),
    kind: Type.Literal('PersonSessionList'),
    metadata: Type.Object({}),
    items: Type.Array(Shown, { description: 'The youngest first, at most a hundred.' }),
  },
  { title: 'PersonSessionList' },
)

/** `GET …/persons/{name}/sessions[/{id}]`, `DELETE` of one or of all. */
export function sessionOperations(kind: Kind): readonly Operation[] {
  const all = `${pathOf(kind)}/:name/${PLURAL}`
  const every = { query: {}, body: null, takes: [], placeOf: toParameter } as const
  const reading = { ...every, method: 'GET', role: kind.roles.read } as const
  const ending = { ...every, method: 'DELETE', role: kind.roles.write, answers: { 200: Removed } } as const
  return [
    {
      ...reading,
      id: 'listPersonSessionManifests',
      summary: 'List the living sessions of one Person',
      url: all,
      answers: { 200: ShownList },
      async handle(deps, ask) {
        const items = (await sessionsOf(deps, ask)).map((session) => document(ask, session))
        return { status: 200, body: { apiVersion: API_VERSION, kind: 'PersonSessionList', metadata: {}, items } }
      },
    },
    {
      ...reading,
      id: 'getPersonSessionManifest',
      summary: 'Get one living session of one Person',
      url: `${all}/:item`,
      answers: { 200: Shown },
      async handle(deps, ask) {
        const found = (await sessionsOf(deps, ask)).find(({ uid }) => uid === ask.item)
        if (found === undefined) throw faceFault('session.unknown')
        return { status: 200, body: document(ask, found) }
      },
    },
    {
      ...ending,
      id: 'deletePersonSessionManifests',
      summary: 'Sign one Person out everywhere; their apps are told',
      url: all,
      async handle(deps, ask) {
        await end(deps, ask)
        return removed({ name: ask.name ?? '', kind: PLURAL })
      },
    },
    {
      ...ending,
      id: 'deletePersonSessionManifest',
      summary: 'End one session of one Person; its apps are told',
      url: `${all}/:item`,
      async handle(deps, ask) {
        const { item = '' } = ask
        if ((await end(deps, ask, item)) === 0) throw faceFault('session.unknown')
        return removed({ name: item, kind: PLURAL })
      },
    },
  ]
}

async function sessionsOf({ registry, sessions }: FaceDeps, { caller, name = '' }: Ask) {
  const person = await getPerson(registry, caller.organisation, name)
  return await sessions.list(person)
}

async function end({ registry, sessions }: FaceDeps, { caller, actor, name = '' }: Ask, uid?: string): Promise<number> {
  const person = await getPerson(registry, caller.organisation, name)
  return await sessions.revoke(actor, person, uid === undefined ? {} : { uid })
}

function removed(details: { readonly name: string; readonly kind: string }) {
  return { status: 200, body: { apiVersion: 'v1', kind: 'Status', metadata: {}, status: 'Success', details } }
}

function document({ caller, name = '' }: Ask, session: PersonSession): object {
  const { uid, provider, createdAt, authTime, acr, amr, lastSeenAt, expiresAt, endsAt } = session
  const iso = (at: Date) => at.toISOString()
  return {
    apiVersion: API_VERSION,
    kind: 'PersonSession',
    metadata: { name: uid, namespace: caller.organisation, uid, creationTimestamp: iso(createdAt) },
    spec: withoutUnset({ person: name, provider }),
    status: {
      authTime: iso(authTime),
      ...withoutUnset({ acr }),
      amr,
      lastSeenAt: iso(lastSeenAt),
      expiresAt: iso(expiresAt),
      endsAt: iso(endsAt),
    },
  }
}
