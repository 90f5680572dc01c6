/** A state in a word; a dot says the same once more in colour. */

export type Tone = 'good' | 'off' | 'bad' | 'next'

export function StateBadge({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span className="state" data-tone={tone}>
      {children}
    </span>
  )
}
