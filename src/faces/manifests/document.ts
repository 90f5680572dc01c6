/** The form of an answer: JSON, or YAML where the caller would rather have that. Source: RFC 9110 §12.5.1 (Accept), RFC 9512. */
import { stringify } from 'yaml'

/** What answers in YAML are called. Source: RFC 9512. */
export const YAML = 'application/yaml'
export const YAML_TYPES = [YAML, 'application/x-yaml', 'text/yaml', 'text/x-yaml']

/** True when the caller would rather have YAML than JSON. */
export function prefersYaml(accept: string | undefined): boolean {
  let yaml = 0
  let json = 0
  for (const range of (accept ?? '*/*').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    const q = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0
    if (YAML_TYPES.includes(type)) yaml = Math.max(yaml, q)
    else if (type === 'application/json' || type === 'application/*' || type === '*/*') json = Math.max(json, q)
  }
  return yaml > 0 && yaml >= json
}

/** The document as YAML; no anchors, long texts on one line. */
export function writeYaml(document: object): string {
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })
}
