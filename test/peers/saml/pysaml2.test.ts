import { describeInterop } from './interop.ts'
import { startPysaml2 } from './pysaml2.ts'

// Set by `npm test`, and by `node scripts/saml-peers.mjs` to be looked up.
const python = process.env.ENTENTE_TEST_PYSAML2 ?? ''
const missing = process.env.ENTENTE_TEST_SAML_PEERS_MISSING ?? 'npm test installs it'

describeInterop('pysaml2', python === '' ? null : () => startPysaml2(python), missing)
