import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { isCron } from './cron';
import * as certManager from '../../../imports/cert-manager.io';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { CERTIFICATE_WEBHOOK } from '../sources';
import { goSeconds, wholeSeconds } from '../whole-seconds';

export const RENEWAL_WINDOW = defineRule({
  id: 'CERT-RENEWAL-WINDOW',
  level: RuleLevel.ERROR,
  statement: 'A renewal window begins by a cron schedule of five fields in a time zone of the IANA, and lasts for whole seconds.',
  source: `${CERTIFICATE_WEBHOOK}: "invalid cron syntax", "timezone must be IANA compliant"`,
});

export const RENEWAL_DISABLED = defineRule({
  id: 'CERT-RENEWAL-DISABLED',
  level: RuleLevel.GUARDED,
  statement: 'A certificate is renewed before it expires.',
  source: 'https://cert-manager.io/docs/usage/certificate/',
});

/** A time in which a certificate may be renewed. */
export interface CertificateRenewalWindow {
  /** When the window opens: minute, hour, day of the month, month and day of the week. Anything else throws. */
  readonly cron: string;
  /** How long it stays open, in whole seconds. Less than a second throws. */
  readonly duration: Duration;
  /**
   * Time zone of the schedule, such as `Europe/Berlin`. One that the IANA does not know throws.
   * @default - UTC
   */
  readonly timezone?: string;
}

/** When a certificate is renewed. Clusters with a cert-manager older than 1.21 drop this. */
export class CertificateRenewal {
  /**
   * Only in these windows, and there as near as possible to the time that `renewBefore` says.
   *
   * A window that cert-manager does not read throws where the certificate is made, and so do no windows.
   */
  public static inWindows(...windows: CertificateRenewalWindow[]): CertificateRenewal {
    return new CertificateRenewal(windows);
  }

  /** Never; guarded by rule CERT-RENEWAL-DISABLED, because the certificate then expires. */
  public static never(): CertificateRenewal {
    return new CertificateRenewal();
  }

  private constructor(/** @internal */ public readonly _windows?: CertificateRenewalWindow[]) {}

  /** @internal Refuses windows that cert-manager does not read. */
  public _check(scope: Construct): void {
    checkAtSynth(scope, RENEWAL_DISABLED, () => this._windows ? [] : [{
      what: 'renewal is CertificateRenewal.never()',
      allowed: 'a renewal before the certificate expires',
      fix: 'leave renewal out',
    }]);
    if (this._windows?.length === 0) {
      throw RENEWAL_WINDOW.error(scope, {
        what: 'renewal has no windows',
        allowed: 'at least one',
        fix: 'leave renewal out to renew at any time',
      });
    }
    for (const [index, { cron, duration, timezone }] of (this._windows ?? []).entries()) {
      const at = `renewal window ${index + 1}`;
      if (!isCron(cron)) {
        throw RENEWAL_WINDOW.error(scope, {
          what: `cron of ${at} is '${cron}'`,
          allowed: 'five fields: minute, hour, day of the month, month, day of the week (0 to 6)',
          fix: "write '0 2 * * 6' for Saturdays at two",
        });
      }
      if (timezone !== undefined && !isTimezone(timezone)) {
        throw RENEWAL_WINDOW.error(scope, {
          what: `timezone of ${at} is '${timezone}'`,
          allowed: 'a name of the IANA, such as Europe/Berlin',
        });
      }
      if (!wholeSeconds(duration)) {
        throw RENEWAL_WINDOW.error(scope, {
          what: `duration of ${at} is ${duration.toMilliseconds({ integral: false })} ms`,
          allowed: 'whole seconds, at least one',
        });
      }
    }
  }

  /** @internal The field of a Certificate. */
  public _render(): certManager.CertificateSpecRenewal {
    if (!this._windows) return { policy: certManager.CertificateSpecRenewalPolicy.DISABLED };
    return {
      policy: certManager.CertificateSpecRenewalPolicy.RENEW_BEFORE,
      windows: this._windows.map(({ cron, duration, timezone }) => ({ cron, timezone, windowDuration: goSeconds(wholeSeconds(duration)!) })),
    };
  }
}

/** JavaScript takes names in any case and resolves aliases; Go takes them only as the IANA writes them. */
function isTimezone(name: string): boolean {
  if (!/^[A-Z]\w*([/+-]\w+)*$/.test(name)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
