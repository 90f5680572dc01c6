/** Labels and values, side by side where there is room. */
import { Code, Text } from '@mantine/core'
import type { ReactNode } from 'react'

export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="facts">{children}</dl>
}

export function FactRow({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="dd" size="sm" className="breaks">
        {children}
      </Text>
    </>
  )
}

/** A long text, folded until it is asked for. */
export function Folded({ summary, text }: { readonly summary: string; readonly text: string }) {
  return (
    <details className="folded">
      <summary>{summary}</summary>
      <Code block className="scrolls" tabIndex={0}>
        {text}
      </Code>
    </details>
  )
}
