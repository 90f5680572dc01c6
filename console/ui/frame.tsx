/** What surrounds every page: theme, colours by the system until somebody chooses, and the nonce of this answer's styles. */
import './styles.css'
import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { theme, variables } from './theme.ts'

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

// Where a dialog keeps the page behind it from scrolling, a library of Mantine's makes a style, and reads the nonce here.
Object.assign(globalThis, { __webpack_nonce__: nonce })

export function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={variables}
      getStyleNonce={() => nonce}
    >
      {children}
    </MantineProvider>
  )
}
