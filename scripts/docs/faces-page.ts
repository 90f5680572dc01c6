/** What each face calls a field of a sign-in provider, from the rows that src/faces/one-registry.test.ts proves. */
import { FACES, type FieldRow, OIDC_ROWS, SAML_ROWS } from '../../src/faces/testing/shared-fields.ts'

export function facesPage(): string {
  return [
    '# One provider, three faces',
    '',
    'Generated from the rows that a test writes through every face and reads through all; change them there and run `npm run docs`.',
    '',
    'A field without a name in a face is not shown there, and no write through that face takes it away. In answers of',
    '`identity-providers` both blocks are called `config`. Mappers are `spec.mappers` in manifests and have paths of their own',
    'in `identity-providers`; a secret is written through any face and shown by none.',
    '',
    '## OpenID Connect',
    '',
    'GitHub (OAuth 2.0) is `provider_id: oidc` in `identity-providers`, and is not shown by the other two. A provider without an',
    'issuer is shown by `identity-providers` only.',
    '',
    ...table(OIDC_ROWS),
    '',
    '## SAML',
    '',
    '`iam-providers` has OpenID Connect only.',
    '',
    ...table(SAML_ROWS),
    '',
  ].join('\n')
}

function table(rows: readonly FieldRow[]): string[] {
  const lines = rows.map(({ title, cells }) => {
    const named = FACES.map((face) => (cells[face] === undefined ? '–' : `\`${cells[face][0]}\``))
    return `| ${title} | ${named.join(' | ')} |`
  })
  return [`| field | ${FACES.join(' | ')} |`, '|---|---|---|---|', ...lines]
}
