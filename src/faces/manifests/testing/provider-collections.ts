/** How the suite speaks of the kinds of providers. */
import type { Json } from '../../../json.ts'
import type { ProviderDraft } from '../../../registry/drafts.ts'
import type { Provider } from '../../../registry/provider.ts'
import { createProvider } from '../../../registry/providers.ts'
import { actorIn, providerDraft } from '../../../registry/testing/registry.ts'
import type { TestApp } from '../../testing/app.ts'
import type { Collection } from '../../testing/specimen.ts'
import { changes, document, inNamespace, unknown, wrong } from './collection.ts'
import { text } from './members.ts'

const NEVER = new Date('2026-01-01T00:00:00Z')

async function make(app: TestApp, organisation: string, draft: Partial<ProviderDraft>): Promise<string> {
  return (await createProvider(app.registry, actorIn(organisation), providerDraft(draft))).id
}

/** Gives the stored record what this face has no word for. */
function update(unseen: Partial<Provider>, settings: { readonly [name: string]: Json }) {
  return {
    method: 'PATCH',
    record: async (app: TestApp, organisation: string, id: string) =>
      Object(await app.registry.stores.providers.get(organisation, id)),
    async enrich(app: TestApp, organisation: string, id: string) {
      const record = await app.registry.stores.providers.get(organisation, id)
      if (record === null) throw new TypeError('just made')
      const enriched = { ...record, ...unseen, settings: { ...record.settings, ...settings } }
      await app.registry.write((tx) => tx.providers.update({ ...enriched, version: record.version + 1 }))
    },
    touches: ['displayName'],
  }
}

export const workloadProviders: Collection = {
  ...inNamespace('workloadproviders'),
  noun: 'workload providers',
  make: (app, organisation, _names, n) =>
    make(app, organisation, { id: `ci-${n}`, issuer: `https://ci-${n}.example.com`, known: 'CUSTOM' }),
  create: {
    status: 201,
    body: (_names, n) =>
      document('WorkloadProvider', `workload-made-${n}`, {
        displayName: `Made ${n}`,
        description: 'd',
        issuer: `https://made-${n}.example.com`,
        knownProvider: 'CUSTOM',
        disabled: true,
        oidc: { allowedAudiences: ['a'], maxTokenAgeSeconds: 600, singleUse: true },
      }),
    idOf: (body) => text(body, 'metadata', 'name'),
    wrong: wrong(
      'WorkloadProvider',
      {
        displayName: 5,
        issuer: {},
        knownProvider: 'NOBODY',
        disabled: 'yes',
        oidc: { allowedAudiences: [1], maxTokenAgeSeconds: 1.5, singleUse: 1 },
        spiffe: { bundleEndpointUrl: [] },
      },
      [
        'displayName',
        'issuer',
        'knownProvider',
        'disabled',
        'oidc.allowedAudiences[0]',
        'oidc.maxTokenAgeSeconds',
        'oidc.singleUse',
        'spiffe.bundleEndpointUrl',
      ],
    ),
    unknown: unknown('issuerUrl'),
    example: {
      request: () =>
        document('WorkloadProvider', 'github', {
          issuer: 'https://token.actions.githubusercontent.com',
          knownProvider: 'GITHUB_ACTIONS',
        }),
      answer: {
        metadata: { name: 'github', namespace: 'acme', resourceVersion: '1', labels: { team: 'platform' } },
        spec: {
          displayName: 'github',
          issuer: 'https://token.actions.githubusercontent.com',
          knownProvider: 'GITHUB_ACTIONS',
          oidc: {},
        },
        status: {
          conditions: [
            { type: 'Ready', status: 'True' },
            { type: 'Discovered', status: 'True' },
          ],
        },
      },
    },
  },
  update: {
    ...update({ lastTestedAt: NEVER }, { jwksUri: 'https://elsewhere.example.com/keys' }),
    changes: changes(['displayName', 'Changed'], ['description', 'changed']),
  },
}

export const workforceIdentityProviders: Collection = {
  ...inNamespace('workforceidentityproviders'),
  noun: 'workforce identity providers',
  make: (app, organisation, _names, n) =>
    make(app, organisation, {
      use: 'workforce',
      id: `people-${n}`,
      issuer: `https://people-${n}.example.com`,
      known: null,
      settings: { oidc: { clientId: 'c' } },
    }),
  create: {
    status: 201,
    body: (_names, n) =>
      document('WorkforceIdentityProvider', `people-made-${n}`, {
        displayName: `Made ${n}`,
        description: 'd',
        disabled: true,
        attributeMapping: [
          { key: 'google.subject', value: 'assertion.sub' },
          { key: 'attribute.department', value: 'assertion.department' },
        ],
        attributeCondition: 'assertion.hd == "example.com"',
        expireTime: '2030-01-01T00:00:00Z',
        oidc: {
          issuerUri: `https://made-${n}.example.com`,
          clientId: 'c',
          webSsoConfig: {
            responseType: 'CODE',
            assertionClaimsBehavior: 'MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS',
            additionalScopes: ['groups'],
          },
          prompt: 'login',
          maxAge: 60,
        },
        domains: [`made-${n}.example`],
        mappers: [
          {
            name: 'mail',
            identityProviderMapper: 'oidc-user-attribute-idp-mapper',
            syncMode: 'FORCE',
            config: { claim: 'email', 'user.attribute': 'email' },
          },
        ],
        examples: [{ claims: { sub: 's', hd: 'example.com', department: 'd' } }],
        allowedScopes: ['read'],
        firstLogin: 'refuse',
      }),
    idOf: (body) => text(body, 'metadata', 'name'),
    wrong: wrong(
      'WorkforceIdentityProvider',
      {
        disabled: 1,
        attributeMapping: [{ key: 1, value: [] }, { key: 'google.subject' }],
        attributeCondition: true,
        expireTime: 'tomorrow',
        oidc: {
          issuerUri: 1,
          webSsoConfig: {
            responseType: 'RESPONSE_TYPE_UNSPECIFIED',
            assertionClaimsBehavior: 'BOTH',
            additionalScopes: ['two words'],
          },
        },
        saml: { idpMetadataXml: {} },
        mappers: [{ name: 'm', config: [] }],
        examples: ['x'],
        firstLogin: 'maybe',
      },
      [
        'disabled',
        'attributeMapping[0].key',
        'attributeMapping[0].value',
        'attributeMapping[1].value',
        'attributeCondition',
        'expireTime',
        'oidc.issuerUri',
        'oidc.webSsoConfig.responseType',
        'oidc.webSsoConfig.assertionClaimsBehavior',
        'oidc.webSsoConfig.additionalScopes[0]',
        'saml.idpMetadataXml',
        'mappers[0].identityProviderMapper',
        'mappers[0].config',
        'examples[0]',
        'firstLogin',
      ],
    ),
    unknown: unknown('expire_time'),
    example: {
      // The page lists fields and types; its values are its sentences' own.
      request: () =>
        document('WorkforceIdentityProvider', 'google-workspace', {
          description: 'Everybody who works here',
          disabled: false,
          attributeMapping: [
            { key: 'google.subject', value: 'assertion.sub' },
            { key: 'google.groups', value: 'assertion.groups' },
          ],
          attributeCondition: '"staff" in assertion.groups',
          expireTime: '2031-06-01T00:00:00Z',
          oidc: {
            issuerUri: 'https://accounts.example.com',
            clientId: 'client-of-the-page',
            webSsoConfig: {
              responseType: 'CODE',
              assertionClaimsBehavior: 'ONLY_ID_TOKEN_CLAIMS',
              additionalScopes: ['groups'],
            },
          },
        }),
      answer: {
        apiVersion: 'entente.dev/v1',
        kind: 'WorkforceIdentityProvider',
        metadata: { name: 'google-workspace', namespace: 'acme', resourceVersion: '1' },
        spec: {
          description: 'Everybody who works here',
          attributeMapping: [
            { key: 'google.subject', value: 'assertion.sub' },
            { key: 'google.groups', value: 'assertion.groups' },
          ],
          attributeCondition: '"staff" in assertion.groups',
          expireTime: '2031-06-01T00:00:00Z',
          oidc: {
            issuerUri: 'https://accounts.example.com',
            clientId: 'client-of-the-page',
            webSsoConfig: {
              responseType: 'CODE',
              assertionClaimsBehavior: 'ONLY_ID_TOKEN_CLAIMS',
              additionalScopes: ['groups'],
            },
          },
        },
      },
    },
  },
  update: {
    ...update(
      {
        known: 'OKTA',
        secrets: { clientSecret: 'sealed' },
        domains: ['a.example', 'b.example'],
        routingDomains: ['b.example'],
        syncMode: 'FORCE',
        lastTestedAt: NEVER,
      },
      { defaultScope: 'openid profile', pkceEnabled: true, tokenUrl: 'https://elsewhere.example.com/token' },
    ),
    changes: changes(['displayName', 'Changed'], ['description', 'changed']),
  },
}

export const stepUpProviders: Collection = {
  ...inNamespace('stepupproviders'),
  noun: 'step-up providers',
  make: (app, organisation, _names, n) =>
    make(app, organisation, {
      use: 'step-up',
      id: `proof-${n}`,
      issuer: `https://proof-${n}.example.com`,
      known: null,
      settings: { oidc: { clientId: 'c', oauth2: { acrValues: ['phr'] } } },
    }),
  create: {
    status: 201,
    body: (_names, n) =>
      document('StepUpProvider', `proof-made-${n}`, {
        displayName: `Made ${n}`,
        issuerUrl: `https://made-${n}.example.com`,
        clientId: 'c',
        clientSecret: 'correct horse battery staple',
        enabled: false,
        oauth2: { acrValues: ['phr'] },
      }),
    idOf: (body) => text(body, 'metadata', 'name'),
    wrong: wrong(
      'StepUpProvider',
      {
        displayName: 5,
        issuerUrl: [],
        clientId: {},
        clientSecret: 1,
        enabled: 'yes',
        oauth2: { acrValues: [1] },
        microsoft: { tenant: 5, conditionalAccessIds: 'C1', validationMode: 'ACRS' },
      },
      [
        'displayName',
        'issuerUrl',
        'clientId',
        'clientSecret',
        'enabled',
        'oauth2.acrValues[0]',
        'microsoft.tenant',
        'microsoft.conditionalAccessIds',
        'microsoft.validationMode',
      ],
    ),
    unknown: unknown('client_id'),
    example: {
      request: () =>
        document('StepUpProvider', 'entra', {
          displayName: '<string>',
          clientId: '<string>',
          microsoft: {
            tenant: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
            conditionalAccessIds: ['C1'],
            validationMode: 'MICROSOFT_VALIDATION_MODE_ACRS',
          },
        }),
      answer: {
        spec: {
          displayName: '<string>',
          clientId: '<string>',
          enabled: true,
          issuerUrl: 'https://login.microsoftonline.com/3c90c3cc-0d44-4b50-8888-8dd25736052a/v2.0',
          microsoft: {
            tenant: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
            conditionalAccessIds: ['C1'],
            validationMode: 'MICROSOFT_VALIDATION_MODE_ACRS',
          },
        },
      },
    },
  },
  update: {
    ...update(
      { description: 'of another face', secrets: { clientSecret: 'sealed' }, lastTestedAt: NEVER },
      { discovered: { tokenUrl: 'https://elsewhere.example.com' } },
    ),
    changes: changes(['displayName', 'Changed'], ['enabled', false]),
  },
}
