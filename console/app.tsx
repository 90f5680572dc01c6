/** Who is not signed in is asked to; everybody else gets the pages, which are loaded then. */
import { lazy, Suspense } from 'react'
import { type Console, ConsoleProvider, useSession } from './session/console.tsx'
import { SignInPage } from './session/sign-in-page.tsx'
import { Frame } from './ui/frame.tsx'

const Pages = lazy(() => import('./pages/pages.tsx'))

export function App({ console }: { readonly console: Console }) {
  return (
    <Frame>
      <ConsoleProvider console={console}>
        <Gate />
      </ConsoleProvider>
    </Frame>
  )
}

function Gate() {
  const session = useSession()
  if (session.kind === 'nobody') return <SignInPage why={session.why} />
  return (
    <Suspense fallback={null}>
      {/* A step-up changes the token, not the person: what is on the page stays. */}
      <Pages key={session.kind === 'operator' ? 'operator' : session.subject} />
    </Suspense>
  )
}
