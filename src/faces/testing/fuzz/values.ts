/** Values for fuzzed bodies: odd ones that fit nowhere, and plausible ones by the name of the field they are put into. */
import type { Json } from '../../../json.ts'

/** A client secret begins so; no answer, event or record may have it. */
export const CANARY = 'canary-secret-'

const DEEP = nested(200)

function nested(levels: number): Json {
  let value: Json = 'bottom'
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** What parsers, databases and careless code stumble on. */
export const ODD: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  0.5,
  599,
  3601,
  1e21,
  -1e308,
  Number.MAX_SAFE_INTEGER,
  5e-324,
  '',
  ' ',
  '\t\n',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\u202eevil',
  '\u2028',
  '\u200b',
  '\u0085',
  'e\u0301',
  'é',
  'ﬁ',
  'İ',
  '🦊',
  '🦊'.repeat(200),
  'x'.repeat(256),
  'x'.repeat(5_000),
  '-1',
  '1e400',
  'NaN',
  'null',
  'true',
  '__proto__',
  'constructor',
  'toString',
  '../..',
  '%00',
  "' or 1=1 --",
  '{{7*7}}',
  '\u0024{jndi:ldap://x}',
  '<script>alert(1)</script>',
  '**********',
  [],
  [[]],
  [null],
  ['x', 'x'],
  {},
  { toString: 'x' },
  { length: 5 },
  DEEP,
  Array.from({ length: 300 }, (_, index) => `item-${index}`),
  Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key-${index}`, 'x'])),
]

export interface Materials {
  /** A JSON Web Key Set as text. */
  readonly jwksJson: string
  /** DER in base64, good and expired. */
  readonly certificates: readonly string[]
  readonly metadata: readonly string[]
  readonly pem: string
}

/** The nth issuer: every other time a spelling that has to be normalised, or an upstream that misbehaves. */
export function issuerOf(n: number): string {
  const forms = [
    `https://Issuer-${n}.Example.COM/`,
    `https://slash.i${n}.example`,
    `https://i${n}.example/a/b/`,
    `https://slash.i${n}.example/realms/a/`,
    `https://i${n}.example:443/Path`,
    'https://login.microsoftonline.com/{tenantid}/v2.0',
    `https://i${n}.example:8443`,
    `https://liar.i${n}.example`,
    `https://odd.i${n}.example`,
    `https://down.i${n}.example`,
    `https://broken.i${n}.example`,
    `HTTPS://i${n}.example/%41`,
    `https://xn--bcher-kva.i${n}.example`,
    `https://bücher.i${n}.example`,
    `http://127.0.0.1:${1000 + (n % 9000)}`,
    `spiffe://trust-${n}.Example`,
    `https://dev-${n}.okta.com/oauth2/default`,
    'https://accounts.google.com',
    'https://login.microsoftonline.com/{tenantid}/v2.0',
    `https://token.actions.githubusercontent.com/e${n}`,
    `https://u:p@i${n}.example`,
    `https://i${n}.example?x=1`,
  ]
  return n % 2 === 0 ? (forms[(n / 2) % forms.length] ?? '') : `https://i${n}.example`
}

const CONDITIONS = [
  'claims.sub == "x"',
  'assertion.sub == "x"',
  'assertion.email.endsWith("@example.com") && "a" in assertion.groups',
  'claims.a.matches("^(a+)+$")',
  'attribute.x == google.subject',
  'true',
  '1',
  '1/0 == 1',
  'claims',
  'claims.sub ==',
  '"\\ud800" == "x"',
  'has(claims.a) ? claims.a == 1 : false',
  '[1,2,3].all(x, x > 0)',
  'url("https://a.example/b").host == "a.example"',
  `${'('.repeat(200)}true${')'.repeat(200)}`,
  `claims.a == "${'y'.repeat(3_000)}"`,
  `"${'\u00e9'.repeat(1_000)}" == claims.a`,
]

const MAPPERS: readonly Json[] = [
  { claim: 'department', 'user.attribute': 'department' },
  { claim: 'groups', 'claim.value': 'admins', role: 'auditor', syncMode: 'FORCE' },
  { claims: '[{"key":"groups","value":"^a.*"}]', 'are.claim.values.regex': 'true', role: 'auditor' },
  { claims: '[{"key":"groups","value":"(a+)+$"}]', 'are.claim.values.regex': true, group: '/staff' },
  { claims: '[{"key":"groups"', group: '/staff' },
  { template: '\u0024{ALIAS}.\u0024{CLAIM.sub | lowercase}', target: 'LOCAL' },
  { template: '\u0024{ALIAS', target: 'NOWHERE' },
  { attribute: 'a', 'attribute.value': 'b' },
  { 'attribute.name': 'mail', 'user.attribute': 'email' },
  { role: 'operator' },
  { group: '/staff' },
  { jsonField: 'a.b[0]', userAttribute: 'x' },
]

const MAPPER_TYPES = [
  'oidc-user-attribute-idp-mapper',
  'oidc-role-idp-mapper',
  'oidc-advanced-role-idp-mapper',
  'oidc-advanced-group-idp-mapper',
  'oidc-username-idp-mapper',
  'saml-user-attribute-idp-mapper',
  'saml-xpath-attribute-idp-mapper',
  'hardcoded-attribute-idp-mapper',
  'oidc-hardcoded-role-idp-mapper',
  'github-user-attribute-mapper',
  'no-such-mapper',
]

const DOMAINS = ['Example.COM', 'a.example', 'bücher.example', 'xn--bcher-kva.example', 'a.example.', 'localhost']
const ODD_DOMAINS = [
  '10.0.0.1',
  '*.a.example',
  'a..example',
  `${'a'.repeat(64)}.example`,
  'ＡＢＣ.example',
  'a_b.example',
]
const TIMES = ['2030-01-01T00:00:00Z', '2020-01-01T00:00:00+14:00', '9999-12-31T23:59:59Z', '2030-02-30T00:00:00Z']
const ODD_TIMES = ['2030-01-01', '+275760-09-13T00:00:00.001Z', '2016-12-31T23:59:60Z', '2030-01-01T24:00:00Z']
const URLS = ['https://a.example/x', 'https://a.example:443/', 'http://a.example/x', 'https://u@a.example', 'urn:x']
const ROLES = ['viewer', 'admin', 'operator', 'deployer', 'Deployer', 'a'.repeat(64)]
const TENANTS = ['72f988bf-86f1-41af-91ab-2d7cd011db47', 'Contoso.onmicrosoft.com', 'common', 'contoso']

/** Name of a field → values somebody might send there. The first pattern that fits counts; `n` makes them differ. */
const PLAUSIBLE: readonly (readonly [RegExp, (n: number, materials: Materials) => readonly Json[]])[] = [
  [/^discovery_?url$/i, (n) => [`${issuerOf(n)}/.well-known/openid-configuration`, issuerOf(n)]],
  [/issuer/i, (n) => [issuerOf(n), issuerOf(n + 1), issuerOf(n * 2)]],
  [
    /jwks_?json/i,
    (_, { jwksJson }) => [jwksJson, '{"keys":[]}', '{"keys":[{"kty":"oct","k":"AA"}]}', '{"keys":', '[]'],
  ],
  [/ca_?pem/i, (_, { pem }) => [pem, pem + pem, '-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----']],
  [/certificate/i, (_, { certificates, pem }) => [...certificates, certificates.join(','), pem, 'MIIC']],
  [/metadata_?xml/i, (_, { metadata }) => [...metadata, '<a/>', '<!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>']],
  [/metadata_?url/i, (n) => [`https://idp-${n}.example/metadata.xml`, `https://down.i${n}.example/metadata`]],
  [/^(condition|conditionExpression|attributeCondition|expression)$/i, () => CONDITIONS],
  [
    /^attribute_?mapping$/i,
    () => [
      { 'google.subject': 'assertion.sub' },
      [{ key: 'google.subject', value: 'assertion.sub' }],
      [{ key: 'attribute.x', value: 'assertion.x' }],
      { 'google.subject': 'assertion.sub', 'attribute.__proto__': 'assertion.a', 'google.groups': 'assertion.groups' },
      { 'google.posix_username': 'assertion.sub' },
      { 'google.subject': 'assertion.sub', 'attribute.Department!': 'assertion.department' },
      { 'google.subject': 'assertion.sub', 'google.unknown': 'assertion.x' },
    ],
  ],
  [/^key$/, () => ['google.subject', 'google.groups', 'attribute.x', 'attribute.X!', 'google.unknown', 'claims']],
  [/mapper$|^type$/i, () => MAPPER_TYPES],
  [/^config$/, () => MAPPERS],
  [/^mappers$/, () => [[], [{ name: 'm', identityProviderMapper: MAPPER_TYPES[0] ?? '', config: MAPPERS[0] ?? {} }]]],
  [/sync_?mode/i, () => ['INHERIT', 'IMPORT', 'LEGACY', 'FORCE', 'force']],
  [/^(domains|tenant_?domain)$/i, (n) => [...DOMAINS, ...ODD_DOMAINS, `t${n}.example`, DOMAINS, ODD_DOMAINS]],
  [/expire|_?time$/i, () => [...TIMES, ...ODD_TIMES, '2592000s', '0s', '15552001s', '-1s']],
  [/scope/i, () => ['openid', 'openid  email', ['read', 'write'], ['two words'], 'ä', ['deployer']]],
  [/roles?(_?ids)?$/i, () => [...ROLES, ROLES, ['viewer']]],
  [/cidr/i, () => [['10.0.0.0/8'], ['2001:db8::/32', '::ffff:10.0.0.1'], ['10.0.0.1/33'], ['010.0.0.1'], ['0x7f.1']]],
  [
    /resources$/i,
    () => [['https://api.example.com/'], ['urn:x'], ['https://a#b'], ['/relative'], ['https://ä.example']],
  ],
  [/audiences$/i, () => [['a', 'a'], ['https://a.example'], ['\u0007']]],
  [/tenants?$/i, () => [...TENANTS, TENANTS]],
  [/conditional_?access/i, () => [['C1'], ['C1', 'C1'], ['C99', 'C100'], ['c1'], ['C0']]],
  [/acr_?values/i, () => [['phr'], ['phr', 'phr'], ['two words'], ['']]],
  [/validation_?mode/i, () => ['ACRS', 'OIDC', 'UNSPECIFIED'].map((mode) => `MICROSOFT_VALIDATION_MODE_${mode}`)],
  [
    /^known_?provider$/i,
    () => ['CUSTOM', 'SPIFFE', 'GITHUB_ACTIONS', 'okta', 'github', 'google', 'custom_saml', 'entra_id'],
  ],
  [
    /^well_?known/i,
    () =>
      ['CUSTOM', 'SPIFFE', 'GITHUB_ACTIONS', 'GITLAB_CI', 'AWS_IAM_OUTBOUND', 'UNSPECIFIED'].map(
        (name) => `WELL_KNOWN_WORKLOAD_PROVIDER_${name}`,
      ),
  ],
  [/^provider_?id$/i, () => ['oidc', 'saml', 'oauth2', 'nobody']],
  [
    /update_?mask/i,
    () => [
      'displayName',
      'description,disabled',
      '*',
      '',
      'id',
      'oidc',
      'oidc.jwksJson',
      'microsoft.tenant',
      'a..b',
      ' , ',
    ],
  ],
  [/secret/i, (n) => [`${CANARY}${n}`, `${CANARY}${n} `, `${CANARY}ä`, '**********']],
  [/host$/i, (n) => [`h${n}.example`, `H${n}.example`, 'entente.example', `h${n}.example:80`, 'x.entente.example']],
  [/url$|uri$|uris$/i, (n) => [...URLS, `https://u${n}.example/x`]],
  [/seconds$|max_?age|lifetime/i, () => [300, 3_600, 86_400, 60, 59, 172_801, 1.5, -0]],
  [/labels$/i, () => [{ team: 'a' }, { 'a.example/b': '' }, { 'x y': 'z' }, { constructor: 'x' }, { a: 'ä' }]],
  [/resource_?version/i, () => ['1', '0', '', 'x', '99999999999999999999', '-1']],
  [/^(name|id|alias)$/, (n) => [`name-${n}`, `Name-${n}`, `n${n}-`, 'a'.repeat(64), 'x', 'default']],
  [/^examples$/, () => [[{ name: 'e', claims: { sub: 'x' } }], [{ claims: { sub: 'x' }, expect: false }], [{}]]],
  [/display_?name|description/i, (n) => [`Name ${n}`, 'Zoë', 'A\nB', '  ', 'x'.repeat(255), 'x'.repeat(2_049)]],
  [
    /format$/i,
    () => [
      'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
      'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    ],
  ],
  [/principal_?type/i, () => ['SUBJECT', 'ATTRIBUTE', 'FRIENDLY_ATTRIBUTE']],
]

/** A value that somebody might put into a field of this name; null where the name says nothing. */
export function plausible(name: string, n: number, materials: Materials): Json | null {
  const found = PLAUSIBLE.find(([pattern]) => pattern.test(name))?.[1](n, materials)
  return found === undefined ? null : (found[n % found.length] ?? null)
}
