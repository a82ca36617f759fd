/** Taking the canvas along: as a file of the person's choice, or as a picture to paste. */
import { Menu } from '@mantine/core';
import {
  IconCopy,
  IconDownload,
  IconFileTypePng,
  IconFileTypeSvg,
  IconFileTypeTxt,
  IconPencil,
} from '@tabler/icons-react';
import { useExport } from '../../hooks/useExport';
import { t } from '../../i18n';
import type { ExportFormat } from '../../types/api';
import { tell, tellError } from '../ui/notices';
import { HeaderAction } from './HeaderAction';

interface Props {
  canvasId: string;
  title: string;
  exportPng: () => Promise<Blob>;
}

const FORMATS = [
  ['png', IconFileTypePng],
  ['svg', IconFileTypeSvg],
  ['excalidraw', IconPencil],
  ['mermaid', IconFileTypeTxt],
] as const satisfies readonly (readonly [ExportFormat, unknown])[];

export function ExportMenu({ canvasId, title, exportPng }: Props) {
  const words = t().canvas;
  const { save, copy } = useExport(canvasId, title, exportPng);
  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <HeaderAction
          label={words.export}
          icon={<IconDownload size={18} />}
          loading={save.isPending || copy.isPending}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(([format, Icon]) => (
          <Menu.Item
            key={format}
            leftSection={<Icon size={16} aria-hidden />}
            onClick={() => save.mutate(format, { onError: tellError })}
          >
            {words.formats[format]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconCopy size={16} aria-hidden />}
          onClick={() =>
            copy.mutate(undefined, { onSuccess: () => tell(words.copied), onError: tellError })
          }
        >
          {words.copyImage}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
