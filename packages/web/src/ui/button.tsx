import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  /** The name for those who do not see the icon, where there is no text. */
  readonly label?: string;
}

export function Button({ look = 'plain', icon, label, className = '', children, ...rest }: ButtonProps): ReactNode {
  const square = children === undefined ? ' square' : '';
  return (
    <button
      type="button"
      part={look === 'primary' ? 'button primary-button' : 'button'}
      className={`button ${look}${square} ${className}`}
      aria-label={label}
      title={label}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
