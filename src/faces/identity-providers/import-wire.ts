/** The wire form of import-config: what names a document, and what was read of it. Source: CONTRACT.md section 3. */
import { Type } from 'typebox'
import { MapperConfig } from './mapper-wire.ts'
import { closed } from './nullable-fields.ts'
import { KNOWN_PROVIDERS } from './wire.ts'

export const ImportFromUrl = Type.Object(
  {
    provider_id: Type.String({
      enum: ['oidc', 'saml'],
      description: 'What the document is: OIDC discovery or SAML metadata.',
    }),
    from_url: Type.String({
      description: 'Where the document is fetched.',
      examples: ['https://acme.okta.com/.well-known/openid-configuration'],
    }),
  },
  { ...closed, title: 'ImportFromUrl' },
)
export const ImportFile = Type.Object(
  {
    provider_id: Type.Optional(
      Type.String({ enum: ['oidc', 'saml'], description: 'What the file is; a Keycloak export says so itself.' }),
    ),
    file: Type.String({
      format: 'binary',
      description: 'OIDC discovery, SAML metadata, or providers exported from Keycloak.',
    }),
  },
  closed,
)
const notes = Type.Array(
  Type.Object({
    loc: Type.Array(Type.Unsafe<string | number>({ type: ['string', 'integer'] })),
    msg: Type.String(),
  }),
  { description: 'What of the document has no counterpart here, by its place there: nothing is left out silently.' },
)
const importedFields = {
  provider_id: Type.String({ enum: ['oidc', 'saml'] }),
  config: Type.Record(Type.String(), Type.Unknown(), {
    description: 'For oidc_config or saml_config of a provider to be made; never with a secret.',
  }),
  mappers: Type.Array(MapperConfig),
  not_understood: notes,
}
/** A provider as another server had it. */
export const ImportedProvider = Type.Object(
  {
    alias: Type.String(),
    display_name: Type.String(),
    enabled: Type.Boolean({ description: 'False also where what kept people out has no counterpart here.' }),
    known_provider: Type.Optional(Type.String({ enum: KNOWN_PROVIDERS })),
    condition: Type.Optional(Type.String()),
    domains: Type.Optional(Type.Array(Type.String())),
    ...importedFields,
  },
  { title: 'ImportedProvider' },
)
export const Imported = Type.Unsafe<object>({
  anyOf: [
    Type.Object(importedFields, { description: 'Of a discovery document or metadata.' }),
    ImportedProvider,
    Type.Object(
      { items: Type.Array(ImportedProvider), total: Type.Integer(), not_understood: notes },
      { description: 'Of an export with several providers.' },
    ),
  ],
  description: 'What was read; nothing is stored.',
})
