-- What was refused to a certificate, newest first, without a look at all that was done with it.
create index audit_event_refused_by_certificate on audit_event (thumbprint, at) where outcome = 'refused' and thumbprint is not null;
create index certificate_by_organization on certificate (organization_identifier);
