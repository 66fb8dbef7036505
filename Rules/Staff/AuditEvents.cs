using Orleans.Story.Contracts.Staff;

namespace Orleans.Story.Rules.Staff;

/// <summary>An event of the stream <c>staff/audit</c>. Never changed once released: a new shape gets a new format number.</summary>
public abstract record AuditEvent;

/// <summary>A member of staff did something.</summary>
/// <param name="Entry">Who, when, what and why.</param>
public sealed record StaffActed(AuditEntry Entry) : AuditEvent;
