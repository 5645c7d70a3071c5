"""What a post is for, as far as the procedure asks: the law's roles, held by offices and never by names."""

from enum import StrEnum


class Role(StrEnum):
    """The part a post plays in the procedure (`config/law/roles.yaml` names the articles)."""

    HEAD_OF_REGION = "head_of_region"  # Bupati, Wali Kota, Gubernur: establishes
    DEPUTY_HEAD = "deputy_head"  # Wakil Bupati, Wakil Wali Kota, Wakil Gubernur
    SECRETARY = "secretary"  # Sekretaris Daerah: approves the konsep
    ASSISTANT = "assistant"  # Asisten: initials
    DIGITAL = "digital"  # head of Diskominfo: secretary of the team, watches deadlines
    LEGAL = "legal"  # head of Bagian/Biro Hukum: form, numbers, publication
    ORGANISATION = "organisation"  # head of Bagian/Biro Organisasi
    PLANNING = "planning"  # head of Bappeda
    FINANCE = "finance"  # head of BPKAD/BKAD
    INSPECTORATE = "inspectorate"  # Inspektur
    PERSONNEL = "personnel"  # head of BKPSDM/BKD
    SERVICE = "service"  # head of any other OPD
