/** The part of OpenAPI 3.0's schema object that our fields use. */
export interface Schema {
  type?: 'string' | 'integer' | 'object' | 'array' | 'boolean';
  format?: string;
  description?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  enum?: readonly string[];
  nullable?: boolean;
  readOnly?: boolean;
  required?: readonly string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}
