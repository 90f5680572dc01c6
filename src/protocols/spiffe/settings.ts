/** Settings of a SPIFFE trust domain. Source: CONTRACT.md section 3, `WorkloadProvider.spiffe`; SPIFFE Federation §5.2.1. */
import type { FieldFault } from '../../fault.ts'
import type { JsonObject } from '../../json.ts'
import { settingFault } from '../faults.ts'

const URL_CHARACTERS = 2_048
const KNOWN = ['bundleEndpointUrl', 'profile']

/** The settings as given, without those that are null, and every fault in them. */
export function parseSpiffeSettings(input: JsonObject): { settings: JsonObject; faults: FieldFault[] } {
  const given = Object.entries(input).filter(([, value]) => value !== null)
  const settings: JsonObject = Object.fromEntries(given)
  const { bundleEndpointUrl, profile } = settings
  const faults: FieldFault[] = []
  if (bundleEndpointUrl === undefined || bundleEndpointUrl === '') {
    faults.push(settingFault('spiffe.endpoint_invalid', 'spiffe.bundleEndpointUrl', 'is required'))
  } else if (typeof bundleEndpointUrl !== 'string' || !isHttpsUrl(bundleEndpointUrl)) {
    const message = 'must be an https URL without user and fragment'
    faults.push(settingFault('spiffe.endpoint_invalid', 'spiffe.bundleEndpointUrl', message))
  }
  if (profile !== undefined && profile !== 'https_web') {
    faults.push(settingFault('spiffe.profile_invalid', 'spiffe.profile', 'must be https_web'))
  }
  for (const [name] of given) {
    if (!KNOWN.includes(name)) faults.push(settingFault('field.unknown', `spiffe.${name}`, 'is not a setting'))
  }
  return { settings, faults }
}

function isHttpsUrl(text: string): boolean {
  if (text.length > URL_CHARACTERS || !/^https:\/\/[^/?#@\\\s]+(?:[/?][!-~]*)?$/i.test(text)) return false
  return URL.canParse(text) && !text.includes('#')
}
