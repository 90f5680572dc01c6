/** The rules of a person's own fields. */
import type { FieldFault } from '../fault.ts'
import type { PersonFields } from './drafts.ts'
import { fieldFault } from './faults.ts'
import { EMAIL_CHARACTERS, GROUP_CHARACTERS, GROUPS, LINKS, SUBJECT_CHARACTERS } from './limits.ts'
import { isId } from './names.ts'
import { roleFaults } from './roles.ts'
import { isPlainText, labelFaults, nameFaults } from './texts.ts'

/** Every fault of the fields that are there. */
export function personFaults(fields: PersonFields): FieldFault[] {
  const { email = null, displayName = null, groups = [], roleIds, links = [], labels } = fields
  return [
    ...(email === null || isEmail(email)
      ? []
      : [fieldFault('person.email_invalid', 'email', 'must be one e-mail address')]),
    ...nameFaults({ displayName }),
    ...roleFaults('roleIds', roleIds),
    ...labelFaults(labels),
    ...groupFaults(groups),
    ...linkFaults(links),
  ]
}

/** One address as people have them. Source: RFC 5321 §4.1.2, without quoted local parts and address literals. */
export function isEmail(text: string): boolean {
  return (
    text.length <= EMAIL_CHARACTERS &&
    isPlainText(text, 'line') &&
    /^[^\s@"(),:;<>[\\\]]{1,64}@[^\s@"(),:;<>[\\\]]+\.[^\s@"(),:;<>[\\\].]+$/.test(text)
  )
}

/** The domain of an address, lower case; null where there is none. */
export function domainOfEmail(email: string): string | null {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return email.includes('@') && domain !== '' ? domain : null
}

function groupFaults(groups: readonly string[]): FieldFault[] {
  const faults: FieldFault[] = []
  if (groups.length > GROUPS) faults.push(fieldFault('field.too_many', 'groups', `must have at most ${GROUPS} entries`))
  for (const [index, group] of groups.slice(0, GROUPS).entries()) {
    if (group.trim() !== '' && group.length <= GROUP_CHARACTERS && isPlainText(group, 'line')) continue
    const message = `must be 1 to ${GROUP_CHARACTERS} characters that can be shown`
    faults.push(fieldFault('person.group_invalid', `groups[${index}]`, message))
  }
  return faults
}

function linkFaults(links: readonly { readonly provider: string; readonly subject: string }[]): FieldFault[] {
  const faults: FieldFault[] = []
  if (links.length > LINKS) faults.push(fieldFault('field.too_many', 'links', `must have at most ${LINKS} entries`))
  const seen = new Set<string>()
  for (const [index, { provider, subject }] of links.slice(0, LINKS).entries()) {
    const add = (name: string, message: string) =>
      void faults.push(fieldFault('person.link_invalid', `links[${index}].${name}`, message))
    if (!isId(provider)) add('provider', 'must be the id of a provider')
    const isSubject = subject !== '' && Buffer.byteLength(subject) <= SUBJECT_CHARACTERS && isPlainText(subject, 'line')
    if (!isSubject) add('subject', `must be 1 to ${SUBJECT_CHARACTERS} bytes that can be shown`)
    const key = JSON.stringify([provider, subject])
    if (seen.has(key)) add('subject', 'is there twice')
    seen.add(key)
  }
  return faults
}
