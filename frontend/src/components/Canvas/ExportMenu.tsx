/** Taking the canvas along: as a file of the person's choice, or as a picture to paste. */
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
import { LazyMenu } from '../ui/LazyMenu';
import { notify, notifyError } from '../ui/notices';
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
  const copyImage = () =>
    copy.mutate(undefined, { onSuccess: () => notify(words.copied), onError: notifyError });
  return (
    <LazyMenu
      target={
        <HeaderAction
          label={words.export}
          icon={<IconDownload size={18} />}
          loading={save.isPending || copy.isPending}
        />
      }
      entries={[
        ...FORMATS.map(([format, Icon]) => ({
          key: format,
          icon: <Icon size={16} aria-hidden />,
          label: words.formats[format],
          onSelect: () => save.mutate(format, { onError: notifyError }),
        })),
        {
          key: 'copy',
          icon: <IconCopy size={16} aria-hidden />,
          label: words.copyImage,
          apart: true,
          onSelect: copyImage,
        },
      ]}
    />
  );
}
