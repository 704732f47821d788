package dev.plumbline.reconciler.ledger;

/** One file of the ledger: what is known now of one thing. Recording an entry again replaces it; history keeps both. */
public sealed interface Entry
        permits RunEntry,
                VersionEntry,
                EndpointEntry,
                VerdictEntry,
                EvidenceEntry,
                AdmissionEntry,
                DatasetEntry,
                EventEntry,
                SuspensionEntry {}
