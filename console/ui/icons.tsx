/** The few pictures there are, drawn here; each stands beside words, so none has a name of its own. */
import type { ReactNode } from 'react'

interface IconProps {
  /** Pixels. */
  readonly size?: number
}

function Drawn({ size = 16, children }: IconProps & { readonly children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

export const CheckIcon = (props: IconProps) => (
  <Drawn {...props}>
    <path d="m3.5 8.5 3 3 6-7" />
  </Drawn>
)

export const CrossIcon = (props: IconProps) => (
  <Drawn {...props}>
    <path d="m4.5 4.5 7 7m0-7-7 7" />
  </Drawn>
)

export const DashIcon = (props: IconProps) => (
  <Drawn {...props}>
    <path d="M5 8h6" />
  </Drawn>
)

export const SearchIcon = (props: IconProps) => (
  <Drawn {...props}>
    <circle cx="7" cy="7" r="4" />
    <path d="m10 10 3.5 3.5" />
  </Drawn>
)

export const SunIcon = (props: IconProps) => (
  <Drawn {...props}>
    <circle cx="8" cy="8" r="2.6" />
    <path d="M8 1.8v1.4m0 9.6v1.4M1.8 8h1.4m9.6 0h1.4M3.6 3.6l1 1m6.8 6.8 1 1m0-8.8-1 1m-6.8 6.8-1 1" />
  </Drawn>
)

export const MoonIcon = (props: IconProps) => (
  <Drawn {...props}>
    <path d="M13 9.6A5.5 5.5 0 1 1 6.4 3a4.4 4.4 0 0 0 6.6 6.6Z" />
  </Drawn>
)

export const ScreenIcon = (props: IconProps) => (
  <Drawn {...props}>
    <rect x="2" y="3" width="12" height="8" rx="1" />
    <path d="M6 13.5h4" />
  </Drawn>
)

export const WarningIcon = (props: IconProps) => (
  <Drawn {...props}>
    <path d="M8 2.5 14 13H2L8 2.5Zm0 4v3m0 1.6v.1" />
  </Drawn>
)

export const CopyIcon = (props: IconProps) => (
  <Drawn {...props}>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1" />
    <path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
  </Drawn>
)

export const BackIcon = (props: IconProps) => (
  <Drawn {...props}>
    <path d="m9.5 3.5-4.5 4.5 4.5 4.5" />
  </Drawn>
)
