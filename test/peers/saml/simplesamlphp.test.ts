import { describeInterop } from './interop.ts'
import { startSimpleSamlPhp } from './simplesamlphp.ts'

// Set by `npm test`, and by `node scripts/saml-peers.mjs` to be looked up.
const root = process.env.ENTENTE_TEST_SIMPLESAMLPHP ?? ''
const missing = process.env.ENTENTE_TEST_SAML_PEERS_MISSING ?? 'npm test installs it'

describeInterop('SimpleSAMLphp', root === '' ? null : () => startSimpleSamlPhp(root), missing)
