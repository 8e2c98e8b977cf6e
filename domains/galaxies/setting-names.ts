// The settings of blur and noise that networks are measured on, and that the paper's are trained for, by name.
export const settingNames = ['severe', 'mild'] as const;
export type SettingName = (typeof settingNames)[number];
