/** Light, dark, or as the system says; remembered by the browser. */
import { Center, SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { MoonIcon, ScreenIcon, SunIcon } from './icons.tsx'

const CHOICES = [
  { value: 'light', name: 'Light colours', icon: <SunIcon /> },
  { value: 'dark', name: 'Dark colours', icon: <MoonIcon /> },
  { value: 'auto', name: 'Colours as the system has them', icon: <ScreenIcon /> },
] as const

export function ColourSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      size="xs"
      aria-label="Colours"
      className="colours"
      value={colorScheme}
      onChange={(value) => setColorScheme(CHOICES.find((one) => one.value === value)?.value ?? 'auto')}
      data={CHOICES.map(({ value, name, icon }) => ({ value, label: labelled(name, icon) }))}
    />
  )
}

function labelled(name: string, icon: ReactNode) {
  return (
    <Center title={name}>
      {icon}
      <VisuallyHidden>{name}</VisuallyHidden>
    </Center>
  )
}
