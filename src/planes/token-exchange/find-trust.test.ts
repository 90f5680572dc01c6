/** Whom a request addresses. What trusts and providers of workloads do is shown by test/peers/token-endpoint. */
import { describe, expect, it } from 'vitest'
import { Refused } from '../../decisions/ladder.ts'
import { NOW, providerOf } from '../../protocols/testing/upstream.ts'
import type { ProviderSubject } from '../../registry/exchange-subject.ts'
import type { ProviderUse } from '../../registry/provider.ts'
import { organisationRecord } from '../../registry/testing/memory-stores.ts'
import { createAttempt } from '../attempt.ts'
import { refusedExchange } from '../oauth-error.ts'
import { findTrust, type Names, targetsAmong } from './find-trust.ts'
import type { TokenSubjects } from './subjects.ts'

const OURS = '//acme.entente.example/organizations/acme/providers/corp'
const POOL = '//iam.googleapis.com/locations/global/workforcePools/acme/providers/corp'

async function find(use: ProviderUse, names: Partial<Names>) {
  const base = { id: 'decision-1', at: NOW, address: '203.0.113.1' }
  const attempt = createAttempt({ ...base, plane: 'token-exchange', mode: 'strict', refusal: refusedExchange })
  const organisation = organisationRecord({ uid: 'organisation-1', id: 'acme' })
  const provider = providerOf({}, { id: 'corp', organisation: 'acme', use })
  const subject: ProviderSubject = { provider, organisation, audience: 'acme.entente.example', trusts: [] }
  const none = { get: async () => null }
  const subjects: TokenSubjects = {
    trusts: none,
    credentials: none,
    providers: { get: async (name) => ([OURS, POOL].includes(name) ? subject : null) },
  }
  try {
    const addressed = await findTrust(subjects, attempt, { clientId: undefined, audiences: [], ...names })
    return { told: addressed.kind, addressed, attempt }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { told: `${error.code} ${attempt.refusal.error}`, addressed: null, attempt }
  }
}

describe('a request', () => {
  it.each<[string, ProviderUse, Partial<Names>, string]>([
    ['names a provider of people', 'workforce', { audiences: [OURS] }, 'people'],
    ['names it as Google does', 'workforce', { audiences: [POOL] }, 'people'],
    ['names it beside a target', 'workforce', { audiences: ['https://api.example', POOL] }, 'people'],
    [
      'names a provider of workloads without trusts',
      'workload',
      { audiences: [OURS] },
      'trust.unknown invalid_request',
    ],
    ['names a provider for step-up', 'step-up', { audiences: [OURS] }, 'provider.unknown invalid_target'],
    [
      'names a provider of another organisation',
      'workforce',
      { audiences: [OURS.replaceAll('acme', 'rival')] },
      'provider.unknown invalid_target',
    ],
    ['names two providers', 'workforce', { audiences: [OURS, POOL] }, 'request.invalid invalid_target'],
    ['names nobody', 'workforce', {}, 'request.invalid invalid_request'],
    ['names only a target', 'workforce', { audiences: ['https://api.example'] }, 'request.invalid invalid_request'],
    [
      'names an app and a provider of people',
      'workforce',
      { clientId: 'console', audiences: [OURS] },
      'trust.unknown invalid_request',
    ],
    [
      'names an app and a provider of workloads',
      'workload',
      { clientId: 'console', audiences: [OURS] },
      'trust.unknown invalid_request',
    ],
    ['names an app alone', 'workforce', { clientId: 'console' }, 'trust.unknown invalid_request'],
  ])('%s', async (_name, use, names, told) => {
    expect((await find(use, names)).told).toBe(told)
  })

  it('that names nobody is told so in its decision', async () => {
    const { attempt } = await find('workforce', {})
    expect(attempt.ladder.rungs.at(-1)).toMatchObject({
      actual: expect.stringContaining('no audience names a provider'),
    })
  })

  it('is recorded where the provider is that it named', async () => {
    for (const clientId of [undefined, 'console']) {
      const { attempt } = await find('workforce', { clientId, audiences: [POOL] })
      expect([attempt.organisation, attempt.provider]).toEqual(['acme', 'corp'])
    }
  })

  it('for people names the provider as we write it, however it was spelt', async () => {
    const { addressed } = await find('workforce', { audiences: [POOL] })
    expect(addressed).toMatchObject({ resourceName: OURS, audience: 'acme.entente.example' })
  })

  it('has targets that are no names of providers', () => {
    expect(targetsAmong([OURS, 'https://api.example', POOL, '//x'])).toEqual(['https://api.example', '//x'])
  })
})
