/** Kind Decision: what happened, with every check; newest first, read-only. */
import { Type } from 'typebox'
import type { Decision, TestedSignIn } from '../../../decisions/decision.ts'
import type { DecisionFilter } from '../../../decisions/decision-store.ts'
import { decisionFault } from '../../../decisions/faults.ts'
import { type FieldFault, throwFields } from '../../../fault.ts'
import type { TrustStore } from '../../../registry/trust-store.ts'
import { API_VERSION, type Kind, withoutUnset } from '../kind.ts'
import { listed } from '../paging.ts'

const PLANES = ['token-exchange', 'client-credentials', 'sign-in', 'step-up', 'test'] as const
const OUTCOMES = ['granted', 'refused'] as const
const text = Type.Optional(Type.String())
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const Part = Type.Object({
  text: Type.String({ description: 'A part of the condition, as it was written.' }),
  value: Type.String({ description: 'What it came to, or why it failed.' }),
  reads: Type.Array(Type.Object({ text: Type.String(), value: Type.String() }), {
    description: 'The claims it reads; tokens and secrets are withheld.',
  }),
  differs: Type.Optional(Type.Boolean({ description: 'The first part that would have to come out otherwise.' })),
})

const TrustName = Type.Optional(
  Type.String({
    description: 'The name of the Trust, where it has another one: of a single decision, while it is there.',
  }),
)

const NearTrust = Type.Object({
  trust: Type.String({ description: 'Short client id.' }),
  trustName: TrustName,
  verdict: Type.String({ enum: ['true', 'false', 'error'], description: 'What its condition came to.' }),
  hindrance: Type.Optional(Type.String({ description: 'Code of what stands in the way beside the condition.' })),
  parts: Type.Array(Part, { description: 'Those of its condition that did not come out true.' }),
})

const Values = (description: string) => Type.Object({}, { additionalProperties: true, description })

const Mapper = Type.Object({
  name: Type.String(),
  type: Type.String(),
  did: Type.String({ enum: ['granted', 'removed', 'kept', 'skipped', 'failed'] }),
  detail: Type.String({ description: 'What would be given or taken away, or why nothing.' }),
})

const TestedPerson = Type.Object(
  {
    how: Type.String({
      enum: ['known', 'linked', 'created'],
      description: 'By a link that is there, by one that would be made, or as a new person.',
    }),
    name: text,
    uid: text,
    email: text,
    displayName: text,
    username: text,
    groups: Type.Array(Type.String()),
    roleIds: Type.Array(Type.String()),
  },
  { description: 'Of a test sign-in: who would come in, after the mappers; nobody was made or changed.' },
)

const Document = Type.Object({
  apiVersion: Type.Literal(API_VERSION),
  kind: Type.Literal('Decision'),
  metadata: Type.Object({
    name: Type.String(),
    namespace: Type.String(),
    uid: Type.String(),
    resourceVersion: Type.String(),
    creationTimestamp: Type.String({ format: 'date-time' }),
  }),
  spec: Type.Object({
    plane: Type.String({ enum: [...PLANES] }),
    outcome: Type.String({ enum: [...OUTCOMES] }),
    code: Type.String(),
    provider: text,
    trust: text,
    trustName: TrustName,
    address: text,
    rungs: Type.Array(
      Type.Object({
        name: Type.String(),
        outcome: Type.String({ enum: ['passed', 'failed', 'skipped'] }),
        code: text,
        expected: text,
        actual: text,
      }),
    ),
    issued: Type.Optional(
      Type.Object({ jti: Type.String(), sub: Type.String(), scope: text, expiresAt: Type.String() }),
    ),
    conditionParts: Type.Optional(
      Type.Array(Part, {
        description: 'Where a condition refused, and in tests always: the parts of the one that was asked.',
      }),
    ),
    nearestTrusts: Type.Optional(
      Type.Array(NearTrust, { description: 'Likewise: other trusts of the provider, the nearest first.' }),
    ),
    claims: Type.Optional(
      Values('Of a test sign-in: what the provider said, as far as it was verified; tokens and secrets are withheld.'),
    ),
    mapped: Type.Optional(Values('Of a test sign-in: what the attribute mapping made of the claims.')),
    mappers: Type.Optional(
      Type.Array(Mapper, { description: 'Of a test sign-in: what each mapper would do; nothing of it was done.' }),
    ),
    person: Type.Optional(TestedPerson),
  }),
})

export const decisions: Kind = {
  kind: 'Decision',
  plural: 'decisions',
  namespaced: true,
  summary: 'List decisions, newest first',
  document: Document,
  filters: {
    plane: `One of ${PLANES.join(', ')}.`,
    outcome: `One of ${OUTCOMES.join(', ')}.`,
    code: '`granted`, or the code of the check that refused.',
    provider: 'Name of a provider.',
    trust: 'Short client id of a trust or credential.',
    since: 'RFC 3339 time, included.',
    until: 'RFC 3339 time, excluded.',
  },
  roles: { read: 'viewer', write: 'operator' },
  async list({ decisions, pageTokens }, ask) {
    const filter = filterOf(ask.query)
    return await listed(pageTokens, ask, {
      question: `decisions ${JSON.stringify(filter)}`,
      read: (page) => decisions.list(ask.caller.organisation, page, filter),
      key: ({ decision }) => decision.id,
      show: ({ decision }) => toDocument(decision),
    })
  },
  async get({ decisions, registry }, { caller: { organisation } }, name) {
    const row = UUID.test(name) ? await decisions.get(organisation, name) : null
    if (row === null) throw decisionFault('decision.unknown')
    return toDocument(row.decision, await trustNames(registry.stores.trusts, row.decision))
  },
}

/** By short client id; those that are their trust's name, or are nobody's here, are left out. */
type TrustNames = ReadonlyMap<string, string>

async function trustNames(
  trusts: TrustStore,
  { organisation, trust, nearestTrusts = [] }: Decision,
): Promise<TrustNames> {
  const asked = [...(trust === null ? [] : [trust]), ...nearestTrusts.map((near) => near.trust)]
  const found = await Promise.all([...new Set(asked)].map((cutename) => trusts.getByCutename(cutename)))
  const named = found.filter((one) => one !== null && one.organisation === organisation && one.id !== one.cutename)
  return new Map(named.flatMap((one) => (one === null ? [] : [[one.cutename, one.id]])))
}

function filterOf(query: Readonly<Record<string, string>>): DecisionFilter {
  const faults: FieldFault[] = []
  const oneOf = <T extends string>(name: string, values: readonly T[]): T | undefined => {
    const given = query[name]
    const found = values.find((value) => value === given)
    if (given !== undefined && found === undefined) {
      faults.push({ path: name, code: 'field.invalid', message: `must be one of ${values.join(', ')}` })
    }
    return found
  }
  const moment = (name: string): Date | undefined => {
    const given = query[name]
    if (given === undefined) return undefined
    // RFC 3339 only: what else Date.parse takes differs between engines.
    const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(given)
    const at = new Date(isTime ? given : Number.NaN)
    if (Number.isNaN(at.getTime()))
      faults.push({ path: name, code: 'field.invalid', message: 'must be an RFC 3339 time' })
    return at
  }
  const plain = (name: string): string | undefined => {
    const given = query[name]
    // No decision has others, and not every database takes them in a question.
    if (given !== undefined && !/^[\x21-\x7e]{1,320}$/.test(given)) {
      faults.push({ path: name, code: 'field.invalid', message: 'must be printable characters without space' })
    }
    return given
  }
  const given = {
    plane: oneOf('plane', PLANES),
    outcome: oneOf('outcome', OUTCOMES),
    code: plain('code'),
    provider: plain('provider'),
    trust: plain('trust'),
    since: moment('since'),
    until: moment('until'),
  }
  throwFields(faults)
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function toDocument(decision: Decision, names: TrustNames = new Map()): object {
  const { id, organisation, at, plane, outcome, code, provider, trust, address, rungs, issued, conditionParts } =
    decision
  const { nearestTrusts, tested } = decision
  return {
    apiVersion: API_VERSION,
    kind: 'Decision',
    metadata: { name: id, namespace: organisation, uid: id, resourceVersion: '1', creationTimestamp: at.toISOString() },
    spec: {
      plane,
      outcome,
      code,
      ...withoutUnset({ provider, trust }),
      ...nameOf(trust ?? '', names),
      ...withoutUnset({ address, issued: issued === null ? null : withoutUnset({ ...issued }) }),
      rungs,
      ...withoutUnset({ conditionParts }),
      ...(nearestTrusts === undefined
        ? {}
        : { nearestTrusts: nearestTrusts.map((near) => ({ ...near, ...nameOf(near.trust, names) })) }),
      ...(tested === undefined ? {} : testedFields(tested)),
    },
  }
}

function nameOf(cutename: string, names: TrustNames): { readonly trustName?: string } {
  const trustName = names.get(cutename)
  return trustName === undefined ? {} : { trustName }
}

function testedFields({ claims, mapped, mappers, person }: TestedSignIn): object {
  if (person === null) return { ...withoutUnset({ claims, mapped }), mappers }
  const { id: name, how, uid, email, displayName, username, groups, roleIds } = person
  const who = { how, ...withoutUnset({ name, uid, email, displayName, username }), groups, roleIds }
  return { ...withoutUnset({ claims, mapped }), mappers, person: who }
}
