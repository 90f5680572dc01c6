/** A technical text that people carry elsewhere: an id, an issuer. */
import { ActionIcon, CopyButton, Text, Tooltip } from '@mantine/core'
import { CheckIcon, CopyIcon } from './icons.tsx'

export function Copied({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <Text span inherit className="copied">
      <Text span inherit ff="monospace" className="breaks">
        {text}
      </Text>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : `Copy ${what}`} withArrow>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Copy ${what}`} onClick={copy}>
              {copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Text>
  )
}
