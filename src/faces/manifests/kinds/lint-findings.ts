/** Kind LintFinding: what lint says of every trust and provider of the organisation, also of those that no other kind shows. Read-only. */
import { Type } from 'typebox'
import type { PageTokens } from '../../../http/page-token.ts'
import { audienceOf } from '../../../registry/audience.ts'
import { isId } from '../../../registry/names.ts'
import type { Provider } from '../../../registry/provider.ts'
import { providerFindings } from '../../../registry/provider-lint.ts'
import type { PageRequest } from '../../../registry/provider-store.ts'
import { listProviders } from '../../../registry/providers.ts'
import type { Registry } from '../../../registry/registry.ts'
import type { Trust } from '../../../registry/trust.ts'
import { trustFindings } from '../../../registry/trust-lint.ts'
import { searchTrusts } from '../../../registry/trusts.ts'
import { faceFault } from '../../faults.ts'
import { API_VERSION, type Kind, type KindAsk, type Listed, withoutUnset } from '../kind.ts'
import { labelTest } from '../labels.ts'
import { sizeOf } from '../paging.ts'

const Document = Type.Object({
  apiVersion: Type.Literal(API_VERSION),
  kind: Type.Literal('LintFinding'),
  metadata: Type.Object({
    name: Type.String(),
    namespace: Type.String(),
    uid: Type.String(),
    resourceVersion: Type.String(),
    creationTimestamp: Type.String({ format: 'date-time' }),
  }),
  spec: Type.Object({
    object: Type.Object({
      kind: Type.String({ enum: ['Trust', 'Provider'] }),
      name: Type.String(),
      uid: Type.String(),
    }),
    rule: Type.String({ description: 'See docs/reference/lint.md.' }),
    severity: Type.String({ enum: ['error', 'warning', 'info'] }),
    message: Type.String(),
    acknowledged: Type.Optional(Type.Boolean({ description: 'Somebody has taken it upon themselves.' })),
    fix: Type.Optional(Type.String({ description: 'A narrower condition.' })),
    witness: Type.Optional(Type.Object({}, { description: 'Claims of a token that gets in.' })),
  }),
})

/** Records of one kind that one request judges; new ones take some milliseconds each. */
const JUDGED = 100
const BATCH = 50

export const lintFindings: Kind = {
  kind: 'LintFinding',
  plural: 'lintfindings',
  namespaced: true,
  summary: 'List what lint says of trusts and providers',
  document: Document,
  filters: {},
  roles: { read: 'viewer', write: 'operator' },
  list: ({ registry, pageTokens }, ask) => listFindings(registry, pageTokens, ask),
  async get({ registry }, { caller: { organisation } }, name) {
    const [kind, id = ''] = name.split('.')
    const source = SOURCES.find((one) => one.word === kind)
    const record = source === undefined || !isId(id) ? null : await source.get(registry, organisation, id)
    const documents = record === null ? [] : await documentsOf(registry, record)
    const found = documents.find(({ metadata }) => metadata.name === name)
    if (found === undefined) throw faceFault('lint.finding_unknown')
    return found
  },
}

type Judged = Trust | Provider

interface Source {
  readonly word: string
  get(at: Registry, organisation: string, id: string): Promise<Judged | null>
  list(at: Registry, organisation: string, page: PageRequest): Promise<Judged[]>
}

/** In the order of the list. */
const SOURCES: readonly Source[] = [
  {
    word: 'trust',
    get: ({ stores }, organisation, id) => stores.trusts.get(organisation, id),
    list: (at, organisation, page) => searchTrusts(at, organisation, page, {}),
  },
  {
    word: 'provider',
    get: ({ stores }, organisation, id) => stores.providers.get(organisation, id),
    list: (at, organisation, page) => listProviders(at, organisation, page),
  },
]

/** Findings of the next records, as many records as one request may judge; a page may be empty though another one follows. */
async function listFindings(at: Registry, tokens: PageTokens, { caller, query }: KindAsk): Promise<Listed> {
  const { organisation } = caller
  const question = `lintfindings ${query.labelSelector ?? ''}`
  const size = sizeOf(query.limit)
  const token = query.continue ?? ''
  const [word, uid] = token === '' ? [] : tokens.open(organisation, question, token).split(' ')
  if (!labelTest(query.labelSelector ?? '')({})) return { items: [], next: null }
  const items: object[] = []
  let after = uid
  let judged = 0
  const from = SOURCES.findIndex((source) => source.word === word)
  for (const source of SOURCES.slice(Math.max(0, from))) {
    for (;;) {
      const records = await source.list(at, organisation, { limit: BATCH, ...(after === undefined ? {} : { after }) })
      for (const record of records) {
        const found = await documentsOf(at, record)
        const isFull = judged >= JUDGED || (items.length > 0 && items.length + found.length > size)
        if (isFull) return { items, next: tokens.seal(organisation, question, `${source.word} ${after ?? ''}`.trim()) }
        items.push(...found)
        judged++
        after = record.uid
      }
      if (records.length < BATCH) break
    }
    after = undefined
  }
  return { items, next: null }
}

async function documentsOf(at: Registry, record: Judged) {
  const kind = 'cutename' in record ? 'Trust' : 'Provider'
  const findings = 'cutename' in record ? await findingsOfTrust(at, record) : providerFindings(record)
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const times = (seen.get(finding.rule) ?? 0) + 1
    seen.set(finding.rule, times)
    // One rule may have found several branches of a condition.
    const rule = `${finding.rule.replace('lint.', '').replaceAll('_', '-')}${times === 1 ? '' : `-${times}`}`
    const { fix = null, witness = null, ...said } = { fix: null, witness: null, ...finding }
    return {
      apiVersion: API_VERSION,
      kind: 'LintFinding',
      metadata: {
        name: `${kind.toLowerCase()}.${record.id}.${rule}`,
        namespace: record.organisation,
        uid: `${record.uid}.${rule}`,
        resourceVersion: String(record.version),
        creationTimestamp: record.updatedAt.toISOString(),
      },
      spec: { object: { kind, name: record.id, uid: record.uid }, ...said, ...withoutUnset({ fix, witness }) },
    }
  })
}

async function findingsOfTrust(at: Registry, trust: Trust) {
  const [owner, provider] = await Promise.all([
    at.stores.organisations.get(trust.organisation),
    at.stores.providers.getByUid(trust.provider),
  ])
  if (owner === null || provider === null) return []
  return await trustFindings(trust, provider, audienceOf(owner, at.publicUrl))
}
