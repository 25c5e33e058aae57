// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xml_parts.h: what both ends of reading an XML file share. Others include xml_read.h.

#ifndef FORMAT_XML_PARTS_H
#define FORMAT_XML_PARTS_H

enum xml_fault { XML_NO_FAULT, XML_BROKEN, XML_DOCTYPE, XML_SIGNS, XML_DEEP, XML_MANY,
                 XML_FAULT_COUNT };

#endif
