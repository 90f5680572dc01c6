/** Mappers on the wire: their sync mode stands in the configuration, as every mapper of such APIs has it. */
import type { Static } from 'typebox'
import type { MapperType as TypeRecord } from '../../claims/mapper-types.ts'
import type { JsonObject } from '../../json.ts'
import type { MapperDraft } from '../../registry/drafts.ts'
import type { Mapper } from '../../registry/provider.ts'
import type { MapperChange, MapperConfig, Mapper as MapperSchema, MapperType } from './mapper-wire.ts'

export function fromMapper({ id, name, type, syncMode, config }: Mapper): Static<typeof MapperSchema> {
  const shown = syncMode === null ? config : { ...config, syncMode }
  return { id, name, identity_provider_mapper: type, config: { ...shown } }
}

export function toMapperDraft(body: Static<typeof MapperConfig>): MapperDraft {
  const { id, name, identity_provider_mapper: type } = body
  // The schema has let only JSON through.
  const { syncMode, ...config } = (body.config ?? {}) as JsonObject
  // What is no text is left where it is: claims/mappers.ts says so there.
  const isMode = typeof syncMode === 'string'
  return {
    id: id ?? null,
    name,
    type,
    syncMode: isMode ? syncMode : null,
    config: syncMode === undefined || syncMode === null || isMode ? config : { ...config, syncMode },
  }
}

/** A stored mapper after a partial body: its configuration is merged key by key, null clears a key. */
export function changedMapper(body: Static<typeof MapperChange>, seen: Mapper): MapperDraft {
  const shown = fromMapper(seen)
  const config = Object.entries({ ...shown.config, ...body.config }).filter(([, value]) => value !== null)
  return toMapperDraft({
    name: body.name ?? shown.name,
    identity_provider_mapper: body.identity_provider_mapper ?? shown.identity_provider_mapper,
    config: body.config === null ? null : Object.fromEntries(config),
  })
}

export function fromMapperType(type: TypeRecord): Static<typeof MapperType> {
  const { id, name, category, helpText, properties } = type
  return {
    id,
    name,
    category,
    help_text: helpText,
    properties: properties.map((property) => ({
      name: property.name,
      label: property.label,
      help_text: property.helpText,
      type: property.type,
      required: property.required,
      ...(property.defaultValue === undefined ? {} : { default_value: property.defaultValue }),
      ...(property.options === undefined ? {} : { options: [...property.options] }),
    })),
  }
}
