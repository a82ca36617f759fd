/** Saving the canvas as a file of the person's choice. */
import { Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { fileName, saveFile, useExport } from '../../hooks/useExport';
import type { ExportFormat } from '../../types/api';
import { tellError } from '../ui/notices';
import { HeaderAction } from './HeaderAction';

interface Props {
  canvasId: string;
  title: string;
  exportPng: () => Promise<Blob>;
}

const FORMATS: readonly { format: ExportFormat; label: string }[] = [
  { format: 'svg', label: 'SVG picture' },
  { format: 'excalidraw', label: 'Excalidraw file' },
  { format: 'mermaid', label: 'Mermaid text' },
];

export function ExportMenu({ canvasId, title, exportPng }: Props) {
  const exporting = useExport(canvasId, title);
  const savePng = async () => {
    try {
      saveFile(await exportPng(), fileName(title, 'png'));
    } catch (error) {
      tellError(error);
    }
  };
  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <HeaderAction label="Export" icon={<IconDownload size={18} />} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void savePng()}>PNG picture</Menu.Item>
        {FORMATS.map(({ format, label }) => (
          <Menu.Item key={format} onClick={() => exporting.mutate(format, { onError: tellError })}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
