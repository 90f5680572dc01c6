/**
 * The wire form of the face, as its page and API description spell it. Unset fields are absent in answers; requests may
 * send null for unset. Limits that the registry judges are not repeated here, so that all faults come together.
 *
 * Source: docs/sources/step-up.txt; its API's description of StepUpProviderService and StepUpTransactionService.
 */
import { Type } from 'typebox'
import {
  closed,
  maybeBlock,
  maybeEnum,
  maybeFlag,
  maybeText,
  maybeTexts,
  maybeTime,
  pageFields,
  readOnlyText,
  readOnlyTime,
  update,
} from '../google-rpc/schema.ts'

export const MODE_PREFIX = 'MICROSOFT_VALIDATION_MODE_'
export const TYPE_PREFIX = 'PROVIDER_TYPE_'
export const STATE_PREFIX = 'STEP_UP_TRANSACTION_STATE_'
export const TARGET_PREFIX = 'TARGET_TYPE_'

const MODES = ['UNSPECIFIED', 'ACRS', 'OIDC']
const TYPES = ['UNSPECIFIED', 'OAUTH2', 'MICROSOFT']
const STATES = ['UNSPECIFIED', 'PENDING', 'VERIFIED', 'ERROR']
const TARGETS = ['UNSPECIFIED', 'TICKET', 'TEST']

/** More than one page shows is no question for one page. */
const REFS = 100

const oauth2Fields = {
  acrValues: maybeTexts('Sent as acr_values; the returned acr must be one of them. Source: RFC 9470.'),
}
const microsoftFields = {
  tenant: maybeText('GUID or domain of the Entra tenant; required, and compared with the answer.'),
  conditionalAccessIds: maybeTexts('C1 to C99; required for ACRS, ignored for OIDC.'),
  validationMode: maybeEnum(
    MODE_PREFIX,
    MODES,
    'ACRS: the acrs claim is asked for and required. OIDC: a fresh sign-in is. Required, unspecified is refused.',
  ),
}
export const OAUTH2_FIELDS = Object.keys(oauth2Fields)
export const MICROSOFT_FIELDS = Object.keys(microsoftFields)

const providerFields = {
  displayName: maybeText('Required.'),
  issuerUrl: maybeText('Issuer, checked by OIDC discovery; left out for Microsoft it follows from the tenant.'),
  clientId: maybeText('Required: the client id registered at the provider.'),
  oauth2: maybeBlock(oauth2Fields, 'A provider of RFC 9470. Exactly one of oauth2 and microsoft must be set.'),
  microsoft: maybeBlock(microsoftFields, 'Entra ID. Exactly one of oauth2 and microsoft must be set.'),
}

export const Provider = Type.Object(
  {
    id: readOnlyText('Read-only. Name of the provider in every API of the registry.'),
    ...providerFields,
    enabled: maybeFlag('A provider that is not enabled takes no challenge.'),
    createdAt: readOnlyTime(),
    updatedAt: readOnlyTime(),
    lastTestedAt: readOnlyTime('Read-only. Time of the last test that succeeded.'),
  },
  { ...closed, title: 'Provider' },
)

const clientSecret = maybeText('The client secret. Written, never shown.')

export const CreateProvider = Type.Object(
  { ...providerFields, clientSecret },
  {
    title: 'CreateProvider',
    ...closed,
    examples: [
      {
        displayName: 'Okta',
        issuerUrl: 'https://example.okta.com',
        clientId: 'client-id-of-okta',
        oauth2: { acrValues: ['phr'] },
      },
    ],
  },
)

/** A new issuer or tenant takes a new secret along: what was stored goes to no other place than before. */
export const UpdateProvider = update('stepUpProvider', Provider, {
  clientSecret: maybeText(
    'Beyond the API’s page: a new client secret. Needed where the update moves it to another place.',
  ),
})

export const UpdateSecret = Type.Object({ clientSecret }, { ...closed, title: 'UpdateSecret' })

export const TestAnswer = Type.Object(
  {
    redirectUrl: Type.String({ description: 'Where the browser goes to take the test.' }),
  },
  { title: 'TestAnswer' },
)

const refs = Type.Optional(
  Type.Unsafe<{ readonly id?: string | null }[] | null>({
    type: ['array', 'null'],
    maxItems: REFS,
    items: Type.Object({ id: maybeText('Id of a provider.') }, closed),
    description: 'Only these providers.',
  }),
)

export const SearchProviders = Type.Object(
  {
    query: maybeText('Part of the display name or id.'),
    refs,
    providerType: maybeEnum(TYPE_PREFIX, TYPES, 'Only providers with these settings.'),
    ...pageFields,
  },
  { ...closed, title: 'SearchProviders' },
)

export const Transaction = Type.Object(
  {
    id: Type.String(),
    userId: Type.Optional(Type.String({ description: 'Who has to prove themselves; absent for a test.' })),
    providerId: Type.String(),
    state: Type.String({ enum: STATES.map((name) => STATE_PREFIX + name) }),
    errorMessage: Type.Optional(Type.String()),
    claims: Type.Optional(
      Type.Unsafe<object>({ type: 'object', description: 'What the provider said, once verified.' }),
    ),
    approveTask: Type.Optional(Type.Object({ taskId: Type.String(), policyStepId: Type.String() })),
    test: Type.Optional(Type.Object({})),
    reason: Type.Optional(Type.String({ description: 'Why it was asked for.' })),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
    expiresAt: Type.String({ format: 'date-time' }),
  },
  { title: 'Transaction' },
)

export const SearchTransactions = Type.Object(
  {
    providerId: maybeText('Only transactions at this provider.'),
    userId: maybeText('Only transactions of this person.'),
    taskId: maybeText('Only transactions for this task; goes only with targetType TARGET_TYPE_TICKET.'),
    targetType: maybeEnum(TARGET_PREFIX, TARGETS, 'Only transactions for tasks, or only tests.'),
    state: maybeEnum(STATE_PREFIX, STATES, 'Only transactions in this state.'),
    createdAfter: maybeTime('Excluded.'),
    createdBefore: maybeTime('Excluded.'),
    ...pageFields,
  },
  { ...closed, title: 'SearchTransactions' },
)
