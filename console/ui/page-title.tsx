/** The heading of a page: also the window's title, and where the focus goes when the page changes. */
import { Group, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

interface PageTitleProps {
  readonly children: string
  /** Beside it, at the end of the line. */
  readonly aside?: ReactNode
}

export function PageTitle({ children, aside }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${children} · Entente`
    // Somebody who follows a link hears, and tabs on from, what they came to.
    heading.current?.focus({ preventScroll: true })
  }, [children])
  return (
    <Group justify="space-between" align="center" gap="sm">
      <Title order={1} ref={heading} tabIndex={-1} className="title breaks">
        {children}
      </Title>
      {aside}
    </Group>
  )
}
