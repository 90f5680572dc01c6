/** The addresses of the console, each page loaded when it is first opened. */
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type SearchMiddleware,
} from '@tanstack/react-router'
import { readDecisionSearch } from './pages/decisions/search.ts'
import { readProviderSearch } from './pages/providers/search.ts'
import type { Console } from './session/console.tsx'
import { Broken } from './ui/broken.tsx'
import { NotFound } from './ui/not-found.tsx'
import { Shell } from './ui/shell.tsx'

interface Context {
  readonly console: Console
  readonly queries: QueryClient
}

interface RootSearch {
  readonly organization?: string | undefined
}

/** Links go on in the same organisation unless they say another. */
const keepOrganisation: SearchMiddleware<RootSearch> = ({ search, next }) => {
  const found = next(search)
  return 'organization' in found ? found : { ...found, organization: search.organization }
}

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: NotFound,
  // Where an operator acts, so that an address that is passed on leads to the same.
  validateSearch: (search): RootSearch =>
    typeof search.organization === 'string' ? { organization: search.organization } : {},
  search: { middlewares: [keepOrganisation] },
})

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/providers' })
  },
})

const providers = createRoute({
  getParentRoute: () => root,
  path: '/providers',
  validateSearch: readProviderSearch,
  component: lazyRouteComponent(() => import('./pages/providers/providers-page.tsx'), 'ProvidersPage'),
})

const provider = createRoute({
  getParentRoute: () => root,
  path: '/providers/$use/$name',
  component: lazyRouteComponent(() => import('./pages/providers/provider-page.tsx'), 'ProviderPage'),
})

const signingKeys = createRoute({
  getParentRoute: () => root,
  path: '/signing-keys',
  component: lazyRouteComponent(() => import('./pages/signing-keys/signing-keys-page.tsx'), 'SigningKeysPage'),
})

const decisions = createRoute({
  getParentRoute: () => root,
  path: '/decisions',
  validateSearch: readDecisionSearch,
  component: lazyRouteComponent(() => import('./pages/decisions/decisions-page.tsx'), 'DecisionsPage'),
})

const decision = createRoute({
  getParentRoute: () => root,
  path: '/decisions/$id',
  component: lazyRouteComponent(() => import('./pages/decisions/decision-page.tsx'), 'DecisionPage'),
})

const routeTree = root.addChildren([start, providers, provider, signingKeys, decisions, decision])

export function createConsoleRouter(console: Console, queries: QueryClient) {
  return createRouter({
    routeTree,
    basepath: '/console',
    context: { console, queries },
    scrollRestoration: true,
    defaultErrorComponent: Broken,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>
  }
}
