/** The part of docs/performance.md about SAML. */
import type { SamlResults } from './saml-bench.ts'
import { BAR_HEAD, barRow, circumstances, grouped } from './tables.ts'

export function samlTable({ rates, bytes, rounds, seconds }: SamlResults): string[] {
  const { entente, nodeSaml, xmlsec1 } = rates
  const toLibrary = entente / nodeSaml
  const toXmlsec = entente / xmlsec1
  return [
    '## SAML responses',
    '',
    `A response of ${grouped(bytes)} bytes with ten attributes, its assertion signed with RSA-SHA256 (2048 bits), from base64 to`,
    'the person’s attributes. Entente and @node-saml/node-saml check everything they can; xmlsec1 reads and verifies the',
    `signature only. The median of ${rounds} rounds of ${seconds} s each, one after the other on one core.`,
    '',
    ...circumstances(null),
    '| what | validations per CPU second |',
    '|---|---:|',
    `| Entente, all checks | ${grouped(entente)} |`,
    `| @node-saml/node-saml | ${grouped(nodeSaml)} |`,
    `| xmlsec1, signature only | ${grouped(xmlsec1)} |`,
    '',
    ...BAR_HEAD,
    barRow('Entente ÷ @node-saml/node-saml', toLibrary.toFixed(1), '≥ 10 (aim 25)', toLibrary >= 10),
    barRow('Entente ÷ xmlsec1', toXmlsec.toFixed(2), '≥ 1 (aim 2.5)', toXmlsec >= 1),
    '',
  ]
}
