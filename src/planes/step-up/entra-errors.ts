/** What Entra's error numbers mean for a step-up, for whoever reads the transaction. Source: Microsoft, "AADSTS error codes". */

const MEANINGS: Readonly<Record<string, string>> = {
  AADSTS50011: 'the return URL is not registered at the application',
  AADSTS50020: 'the account is of another tenant',
  AADSTS50034: 'there is no such account in the tenant',
  AADSTS50057: 'the account is disabled there',
  AADSTS50074: 'a second factor was asked for and not given',
  AADSTS50076: 'a second factor is required by policy',
  AADSTS50079: 'the person has to register a second factor first',
  AADSTS50105: 'the person is not assigned to the application',
  AADSTS50126: 'name or password were wrong',
  AADSTS53000: 'the device does not comply with policy',
  AADSTS53001: 'the device has not joined the domain',
  AADSTS53003: 'Conditional Access blocks the sign-in',
  AADSTS65001: 'nobody has consented to the application yet',
  AADSTS65004: 'the person declined to consent',
  AADSTS70011: 'a scope is not valid',
  AADSTS90002: 'there is no such tenant',
  AADSTS700016: 'the application is not known in the tenant',
  AADSTS700025: 'the application is public, and a client secret was sent',
  AADSTS7000215: 'the client secret is wrong',
  AADSTS7000222: 'the client secret has expired',
}

/** The sentence of the first number in the text; null where there is none that we know. */
export function entraMeaning(description: string | undefined): string | null {
  const [number] = /\bAADSTS\d{4,8}\b/.exec(description ?? '') ?? []
  const meaning = number !== undefined && Object.hasOwn(MEANINGS, number) ? MEANINGS[number] : undefined
  return meaning === undefined ? null : `Microsoft Entra says: ${meaning} (${number}).`
}
