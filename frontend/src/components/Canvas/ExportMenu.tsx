/** Saving the canvas as a file of the person's choice. */
import { Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { fileName, saveFile, useExport } from '../../hooks/useExport';
import { t } from '../../i18n';
import type { ExportFormat } from '../../types/api';
import { tellError } from '../ui/notices';
import { HeaderAction } from './HeaderAction';

interface Props {
  canvasId: string;
  title: string;
  exportPng: () => Promise<Blob>;
}

const FORMATS: readonly ExportFormat[] = ['svg', 'excalidraw', 'mermaid'];

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
        <HeaderAction label={t().canvas.export} icon={<IconDownload size={18} />} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void savePng()}>{t().canvas.formats.png}</Menu.Item>
        {FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => exporting.mutate(format, { onError: tellError })}>
            {t().canvas.formats[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
