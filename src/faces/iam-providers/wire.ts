/**
 * The wire form of the face, as its page spells it: camelCase, `id` beside `uid`, `selfLink`, RFC 3339 times, lists under
 * their plural noun. Bodies are closed: a misspelt field is a fault, not a wish that is silently ignored.
 *
 * Source: docs/sources/iam-providers.txt and the conventions of its API. Fields marked "extension" are ours.
 */
import { type TSchema, Type } from 'typebox'

export const PROVIDERS = '/v1/regions/global/iam/providers'
export const ORGANIZATIONS = '/v1/regions/global/organizations'
export const DISCOVERY_EXAMPLE = 'https://customerA-idp.com/.well-known/openid-configuration'

/** What answers of other faces show instead of a secret; sent back, it keeps the stored one. */
export const SECRET_MASK = '**********'

const closed = { additionalProperties: false } as const
const time = (description: string) =>
  Type.String({ format: 'date-time', description, examples: ['2023-11-07T05:31:56Z'] })
const flag = (description: string) => Type.Boolean({ description })

// Source: the page, "id".
const ID = { minLength: 1, maxLength: 63, pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$' }

const id = (example: string) =>
  Type.String({
    ...ID,
    description: 'Name of the resource: given at its creation, or generated. Cannot be changed afterwards.',
    examples: [example],
  })
const uid = Type.String({
  format: 'uuid',
  description: 'Server-generated UUID.',
  examples: ['3c90c3cc-0d44-4b50-8888-8dd25736052a'],
})
const selfLink = (example: string) =>
  Type.String({ description: 'Server-defined URL for this resource.', examples: [example] })

// Source: the page, "Required string length: 1 - 255".
const displayName = Type.String({
  minLength: 1,
  maxLength: 255,
  description: 'Human-readable display name for the identity provider.',
  examples: ['Customer A OIDC'],
})
const shownDisplayName = Type.String({ description: 'Human-readable display name.', examples: ['Customer A OIDC'] })
const tenantDomain = Type.String({
  description:
    'Tenant domain associated with the provider: a DNS name, used as login hint for OIDC authentication flows.',
  examples: ['customer-a.example'],
})
const discoveryUrl = Type.String({
  description: 'URL of the discovery document; it must end in /.well-known/openid-configuration.',
  examples: [DISCOVERY_EXAMPLE],
})
const clientId = Type.String({
  description: 'Client id registered at the provider.',
  examples: ['CLIENT_ID_FROM_CUSTOMER'],
})
const clientSecret = (description: string) =>
  Type.Optional(
    Type.Unsafe<string | null>({ type: ['string', 'null'], description, examples: ['CLIENT_SECRET_FROM_CUSTOMER'] }),
  )
const orgId = Type.Optional(
  Type.String({ description: 'Organization acted in; only operators name another one than their own.' }),
)

export const Provider = Type.Object(
  {
    uid,
    id: id('provider-m5n6o7'),
    displayName: shownDisplayName,
    enabled: flag('Provider enabled status.'),
    tenantDomain: Type.String({
      description: 'Tenant domain associated with the provider; empty if another API gave none.',
      examples: ['customer-a.example'],
    }),
    oidcConfig: Type.Object({ discoveryUrl, clientId }, { description: 'OIDC configuration; never with its secret.' }),
    createdAt: time('Provider creation timestamp.'),
    selfLink: selfLink(`${PROVIDERS}/provider-m5n6o7`),
    updatedAt: time('Provider last update timestamp.'),
  },
  { title: 'Provider', description: 'External identity provider configuration. Supports only OIDC providers.' },
)

export const CreateProvider = Type.Object(
  {
    id: Type.Optional(id('provider-m5n6o7')),
    displayName,
    tenantDomain,
    oidcConfig: Type.Object(
      { discoveryUrl, clientId, clientSecret: clientSecret('Written, never shown; absent for a public client.') },
      { ...closed, description: 'OIDC configuration details for onboarding the provider.' },
    ),
    orgId,
    enabled: Type.Optional(Type.Boolean({ default: true, description: 'Enable or disable the provider.' })),
  },
  {
    title: 'CreateProvider',
    ...closed,
    examples: [
      {
        displayName: 'Customer A OIDC',
        tenantDomain: 'customer-a.example',
        oidcConfig: {
          discoveryUrl: DISCOVERY_EXAMPLE,
          clientId: 'CLIENT_ID_FROM_CUSTOMER',
          clientSecret: 'CLIENT_SECRET_FROM_CUSTOMER',
        },
        enabled: true,
      },
    ],
  },
)

const readOnly = Type.Optional(Type.String({ description: 'Read-only; may be sent back as it was read.' }))

export const UpdateProvider = Type.Object(
  {
    displayName: Type.Optional(displayName),
    tenantDomain: Type.Optional(tenantDomain),
    oidcConfig: Type.Optional(
      Type.Object(
        {
          discoveryUrl: Type.Optional(discoveryUrl),
          clientId: Type.Optional(clientId),
          clientSecret: clientSecret(`Replaces the stored one; null removes it, absent or ${SECRET_MASK} keeps it.`),
        },
        { ...closed, description: 'Merged into the stored configuration.' },
      ),
    ),
    enabled: Type.Optional(flag('Enable or disable the provider.')),
    orgId,
    id: readOnly,
    uid: readOnly,
    selfLink: readOnly,
    createdAt: readOnly,
    updatedAt: readOnly,
  },
  { title: 'UpdateProvider', ...closed, examples: [{ displayName: 'Customer A OIDC', enabled: false }] },
)

export const Organization = Type.Object(
  {
    selfLink: selfLink(`${ORGANIZATIONS}/acme`),
    uid,
    id: id('acme'),
    displayName: Type.String({ examples: ['Acme'] }),
    description: Type.Optional(Type.String()),
    createdAt: time('Creation timestamp.'),
    updatedAt: time('Last update timestamp.'),
  },
  { title: 'Organization' },
)

export const CreateOrganization = Type.Object(
  {
    id: Type.Optional(id('acme')),
    displayName: Type.Optional(Type.String({ examples: ['Acme'] })),
    description: Type.Optional(Type.String()),
  },
  { title: 'CreateOrganization', ...closed, examples: [{ id: 'acme', displayName: 'Acme' }] },
)

const clearable = (description: string) =>
  Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], description, examples: ['Acme'] }))

export const UpdateOrganization = Type.Object(
  {
    displayName: clearable('Null gives it back the id as its name.'),
    description: clearable('Null removes it.'),
    id: readOnly,
    uid: readOnly,
    selfLink: readOnly,
    createdAt: readOnly,
    updatedAt: readOnly,
  },
  { title: 'UpdateOrganization', ...closed, examples: [{ displayName: 'Acme', description: null }] },
)

export const TestAnswer = Type.Object(
  { redirectUrl: Type.String({ description: 'Where the browser goes to take the test; good once.' }) },
  { title: 'TestAnswer' },
)

const pageQuery = {
  pageSize: Type.Optional(Type.String({ description: '1 to 500, default 50.' })),
  offset: Type.Optional(Type.String({ description: 'So many are passed over first; not together with pageToken.' })),
  pageToken: Type.Optional(Type.String({ description: 'nextPageToken of the page before; not together with offset.' })),
}

export const ScopedQuery = Type.Object({ orgId }, closed)
export const NoQuery = Type.Object({}, closed)
export const ListProvidersQuery = Type.Object(
  {
    ...pageQuery,
    orgId,
    filter: Type.Optional(Type.String({ description: 'Part of id, display name or a domain, in any case.' })),
    enabled: Type.Optional(Type.String({ enum: ['true', 'false'], description: 'Only those with this status.' })),
  },
  closed,
)
export const ListOrganizationsQuery = Type.Object(pageQuery, closed)

/** A list under its plural noun. */
export const listOf = (noun: string, item: TSchema) =>
  Type.Object({
    [noun]: Type.Array(item),
    total: Type.Integer({ description: 'How many there are on all pages.' }),
    offset: Type.Integer({ description: 'How many were passed over before this page.' }),
    pageSize: Type.Integer(),
    nextPageToken: Type.Optional(Type.String({ description: 'There if another page follows.' })),
  })

export const Failure = Type.Object(
  {
    error: Type.Object({
      code: Type.Integer({ description: 'The HTTP status.', examples: [400] }),
      message: Type.String(),
      details: Type.Array(
        Type.Object({
          field: Type.Optional(Type.String({ description: 'As the request spells it.' })),
          code: Type.String({ description: 'Stable.', examples: ['provider.domain_invalid'] }),
          message: Type.String(),
        }),
        { minItems: 1 },
      ),
    }),
  },
  { title: 'Failure' },
)
