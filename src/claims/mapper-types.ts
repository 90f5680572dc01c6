// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of the pages, not ours
/** The catalogue of mapper types: data. Names and configuration keys are those of the identity-providers page's family (wire.md section 4.4). */

export type MapperProtocol = 'oidc' | 'oauth2' | 'saml'

export interface MapperProperty {
  readonly name: string
  readonly label: string
  readonly helpText: string
  readonly type: 'String' | 'boolean' | 'Map' | 'List' | 'Regex' | 'Template'
  readonly required: boolean
  readonly defaultValue?: string
  readonly options?: readonly string[]
  /** Of a template: what may stand in its braces; x stands for any name. */
  readonly placeholders?: readonly string[]
}

export interface MapperType {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly helpText: string
  readonly protocols: readonly MapperProtocol[]
  readonly properties: readonly MapperProperty[]
  /** Why mappers of this type are not taken; absent where they are. */
  readonly refused?: string
}

function text(name: string, label: string, helpText: string, required = true): MapperProperty {
  return { name, label, helpText, type: 'String', required }
}

const role = text('role', 'Role', 'Role that is given: a name of the organisation’s own roles.')
const group = text('group', 'Group', 'Group that is joined, as a path such as /staff.')
const userAttribute = text(
  'user.attribute',
  'User attribute',
  'Attribute of the person; email, firstName and lastName are known by name.',
)
const claim = text('claim', 'Claim', 'Name of the claim; a dot goes one level down, \\. is a dot in a name.')
const attribute = [
  text('attribute.name', 'Attribute name', 'Name of the SAML attribute.', false),
  text('attribute.friendly.name', 'Friendly name', 'Friendly name of the SAML attribute.', false),
] as const
const target: MapperProperty = {
  name: 'target',
  label: 'Target',
  helpText: 'Where the name goes: the local user name, or the id or name of the link.',
  type: 'String',
  required: false,
  defaultValue: 'LOCAL',
  options: ['LOCAL', 'BROKER_ID', 'BROKER_USERNAME'],
}

function pairs(name: 'claims' | 'attributes', required: boolean): MapperProperty {
  const helpText = 'Pairs of key and value, as JSON; all of them must match.'
  return { name, label: name === 'claims' ? 'Claims' : 'Attributes', helpText, type: 'Map', required }
}

function regex(name: string): MapperProperty {
  const helpText = 'True: the values are regular expressions (RE2).'
  return { name, label: 'Regex values', helpText, type: 'boolean', required: false, defaultValue: 'false' }
}

function template(defaultValue: string, placeholders: readonly string[]): MapperProperty {
  const named = placeholders.map((name) => `\${${name}}`).join(', ')
  const helpText = `Text with ${named}; | uppercase, | lowercase and | localpart inside of the braces change what is put in.`
  return {
    name: 'template',
    label: 'Template',
    helpText,
    type: 'Template',
    required: false,
    defaultValue,
    placeholders,
  }
}

const OIDC = ['oidc'] as const
const OIDC_AND_SOCIAL = ['oidc', 'oauth2'] as const
const SAML = ['saml'] as const
const ANY = ['oidc', 'oauth2', 'saml'] as const

function social(provider: string, name: string): MapperType {
  return {
    id: `${provider}-user-attribute-mapper`,
    name: 'Attribute Importer',
    category: 'Attribute Importer',
    helpText: `Takes a field of the user object of ${name} over.`,
    protocols: OIDC_AND_SOCIAL,
    properties: [
      text('jsonField', 'JSON field', 'Path into the user object, such as contact.address[0].country.'),
      text('userAttribute', 'User attribute', 'Attribute of the person.'),
    ],
  }
}

export const mapperTypes: readonly MapperType[] = [
  {
    id: 'oidc-user-attribute-idp-mapper',
    name: 'Attribute Importer',
    category: 'Attribute Importer',
    helpText: 'Takes a claim over as an attribute of the person.',
    protocols: OIDC_AND_SOCIAL,
    properties: [claim, userAttribute],
  },
  {
    id: 'oidc-role-idp-mapper',
    name: 'Claim to Role',
    category: 'Role Importer',
    helpText: 'Gives a role if a claim has the value, or lists it.',
    protocols: OIDC_AND_SOCIAL,
    properties: [claim, text('claim.value', 'Claim value', 'Value that gives the role.'), role],
  },
  {
    id: 'oidc-advanced-role-idp-mapper',
    name: 'Advanced Claim to Role',
    category: 'Role Importer',
    helpText: 'Gives a role if all of the claims match.',
    protocols: OIDC_AND_SOCIAL,
    properties: [pairs('claims', true), regex('are.claim.values.regex'), role],
  },
  {
    id: 'oidc-advanced-group-idp-mapper',
    name: 'Advanced Claim to Group',
    category: 'Group Importer',
    helpText: 'Joins a group if all of the claims match.',
    protocols: OIDC_AND_SOCIAL,
    properties: [pairs('claims', true), regex('are.claim.values.regex'), group],
  },
  {
    id: 'oidc-user-session-note-idp-mapper',
    name: 'User Session Note Mapper',
    category: 'User Session',
    helpText: 'Keeps each matching text claim as a note of the session.',
    protocols: OIDC_AND_SOCIAL,
    properties: [pairs('claims', true), regex('are.claim.values.regex')],
  },
  {
    id: 'oidc-username-idp-mapper',
    name: 'Username Template Importer',
    category: 'Preprocessor',
    helpText: 'Makes the user name from a template.',
    protocols: OIDC_AND_SOCIAL,
    properties: [template('${ALIAS}.${CLAIM.preferred_username}', ['ALIAS', 'UUID', 'CLAIM.x']), target],
  },
  {
    id: 'keycloak-oidc-role-to-role-idp-mapper',
    name: 'External Role to Role',
    category: 'Role Importer',
    helpText: 'Gives a role for a role that the access token of a Keycloak server lists.',
    protocols: OIDC,
    properties: [text('external.role', 'External role', 'Role there: a name, or client.role.'), role],
  },
  {
    id: 'saml-user-attribute-idp-mapper',
    name: 'Attribute Importer',
    category: 'Attribute Importer',
    helpText: 'Takes a SAML attribute over as an attribute of the person.',
    protocols: SAML,
    properties: [...attribute, userAttribute],
  },
  {
    id: 'saml-xpath-attribute-idp-mapper',
    name: 'XPath Attribute Importer',
    category: 'Attribute Importer',
    helpText: 'Not taken: reads an attribute’s XML by an XPath expression.',
    protocols: SAML,
    properties: [text('attribute.xpath', 'XPath', 'Expression over the attribute’s XML.'), ...attribute, userAttribute],
    refused:
      'runs XPath expressions over XML inside of attribute values, which is a door into the verified document that stays shut; use saml-user-attribute-idp-mapper on an attribute with a plain value',
  },
  {
    id: 'saml-role-idp-mapper',
    name: 'SAML Attribute to Role',
    category: 'Role Importer',
    helpText: 'Gives a role if an attribute has the value.',
    protocols: SAML,
    properties: [...attribute, text('attribute.value', 'Attribute value', 'Value that gives the role.'), role],
  },
  {
    id: 'saml-advanced-role-idp-mapper',
    name: 'Advanced Attribute to Role',
    category: 'Role Importer',
    helpText: 'Gives a role if all of the attributes match, by name or friendly name.',
    protocols: SAML,
    properties: [pairs('attributes', true), regex('are.attribute.values.regex'), role],
  },
  {
    id: 'saml-advanced-group-idp-mapper',
    name: 'Advanced Attribute to Group',
    category: 'Group Importer',
    helpText: 'Joins a group if all of the attributes match, by name or friendly name.',
    protocols: SAML,
    properties: [pairs('attributes', true), regex('are.attribute.values.regex'), group],
  },
  {
    id: 'saml-username-idp-mapper',
    name: 'Username Template Importer',
    category: 'Preprocessor',
    helpText: 'Makes the user name from a template.',
    protocols: SAML,
    properties: [template('${ALIAS}.${NAMEID}', ['ALIAS', 'UUID', 'NAMEID', 'ATTRIBUTE.x']), target],
  },
  {
    id: 'hardcoded-attribute-idp-mapper',
    name: 'Hardcoded Attribute',
    category: 'Attribute Importer',
    helpText: 'Gives every person of the provider an attribute.',
    protocols: ANY,
    properties: [text('attribute', 'Attribute', 'Name.'), text('attribute.value', 'Value', 'Value.')],
  },
  {
    id: 'hardcoded-user-session-attribute-idp-mapper',
    name: 'Hardcoded User Session Attribute',
    category: 'User Session',
    helpText: 'Gives every session of the provider a note.',
    protocols: ANY,
    properties: [text('attribute', 'Attribute', 'Name.'), text('attribute.value', 'Value', 'Value.')],
  },
  {
    id: 'oidc-hardcoded-role-idp-mapper',
    name: 'Hardcoded Role',
    category: 'Role Importer',
    helpText: 'Gives every person of the provider a role; of any protocol, despite its name.',
    protocols: ANY,
    properties: [role],
  },
  {
    id: 'oidc-hardcoded-group-idp-mapper',
    name: 'Hardcoded Group',
    category: 'Group Importer',
    helpText: 'Every person of the provider joins a group; of any protocol, despite its name.',
    protocols: ANY,
    properties: [group],
  },
  social('github', 'GitHub'),
  social('google', 'Google'),
]

const byId = new Map(mapperTypes.map((type) => [type.id, type]))

/** The type of that id, or null. */
export function mapperType(id: string): MapperType | null {
  return byId.get(id) ?? null
}

/** Whether providers of the protocol may have mappers of the type. */
export function isFor(type: MapperType, protocol: string): boolean {
  return type.protocols.some((known) => known === protocol)
}

/** Types that providers of the protocol may have; refused ones are left out. */
export function mapperTypesFor(protocol: string): readonly MapperType[] {
  return mapperTypes.filter((type) => type.refused === undefined && isFor(type, protocol))
}
