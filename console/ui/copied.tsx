/** A technical text that people carry elsewhere: an id, an issuer. */
import { ActionIcon, CopyButton, Text } from '@mantine/core'
import { CheckIcon, CopyIcon } from './icons.tsx'

export function Copied({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <Text span inherit className="copied">
      <Text span inherit ff="monospace" className="breaks">
        {text}
      </Text>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            title={copied ? 'Copied' : `Copy ${what}`}
            aria-label={copied ? 'Copied' : `Copy ${what}`}
            onClick={copy}
          >
            {copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Text>
  )
}
