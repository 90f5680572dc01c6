/** The wire form of mappers and of their types. Source: the page, "mappers"; wire.md section 4.4. */
import { Type } from 'typebox'
import { closed, orNull, text } from './nullable-fields.ts'

const mapperFields = {
  name: Type.String({ description: 'Unique in the provider.', examples: ['groups'] }),
  identity_provider_mapper: Type.String({
    description: 'Mapper type, as GET …/mapper-types lists them.',
    examples: ['oidc-user-attribute-idp-mapper'],
  }),
  config: Type.Optional(
    orNull(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'By the keys of the mapper type, and syncMode: INHERIT, IMPORT, LEGACY or FORCE.',
        examples: [{ claim: 'department', 'user.attribute': 'department', syncMode: 'FORCE' }],
      }),
    ),
  ),
}
export const MapperConfig = Type.Object(
  { ...mapperFields, id: text('Kept where it is the id of a mapper of this provider; else it is given.') },
  { ...closed, title: 'MapperConfig' },
)
export const MapperChange = Type.Partial(MapperConfig, { ...closed, title: 'MapperChange' })
export const Mapper = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    name: Type.String(),
    identity_provider_mapper: Type.String(),
    config: Type.Record(Type.String(), Type.Unknown()),
  },
  { title: 'Mapper' },
)

export const MapperType = Type.Object(
  {
    id: Type.String({ description: 'What identity_provider_mapper names.' }),
    name: Type.String(),
    category: Type.String(),
    help_text: Type.String(),
    properties: Type.Array(
      Type.Object({
        name: Type.String({ description: 'Key in a mapper’s config.' }),
        label: Type.String(),
        help_text: Type.String(),
        type: Type.String(),
        required: Type.Boolean(),
        default_value: Type.Optional(Type.String()),
        options: Type.Optional(Type.Array(Type.String())),
      }),
    ),
  },
  { title: 'MapperType' },
)
