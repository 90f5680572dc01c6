/** A box that stands out: something went wrong, or is worth knowing. */
import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { WarningIcon } from './icons.tsx'

interface NoticeProps {
  readonly tone: 'fault' | 'info'
  readonly title?: string | undefined
  readonly children: ReactNode
}

export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role={tone === 'fault' ? 'alert' : 'status'}>
      {tone === 'fault' && (
        <span className="notice-icon">
          <WarningIcon size={18} />
        </span>
      )}
      <div className="notice-text">
        {title !== undefined && (
          <Text size="sm" fw={650} className="notice-title">
            {title}
          </Text>
        )}
        {children}
      </div>
    </div>
  )
}
